/** Computes something when it is first asked for, and never again. */
export function once<T>(compute: () => T): () => T {
  let known: { value: T } | null = null
  return () => {
    known ??= { value: compute() }
    return known.value
  }
}
