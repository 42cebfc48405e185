import { stemOf } from '../util/file-stem.ts'

/** Longest name of a function. */
const MAX_LENGTH = 200

/**
 * Names for models by their paths: the file's name without extension, and where several share it as many folders before it as tell them
 * apart (`resnet/run 7/final_v3_fixed`).
 * @returns the names of each path, the shortest that tells it from all others first, then longer ones up to the whole path
 */
export function nameFiles(paths: readonly string[]): Map<string, string[]> {
  const names = new Map<string, string[]>()
  let shared = paths.map((path) => ({ path, suffixes: suffixesOf(path) }))
  for (let length = 0; shared.length > 0; length++) {
    const counts = new Map<string, number>()
    const suffixAt = ({ suffixes }: { suffixes: string[] }) => suffixes[Math.min(length, suffixes.length - 1)] ?? ''
    for (const one of shared) counts.set(key(suffixAt(one)), (counts.get(key(suffixAt(one))) ?? 0) + 1)
    const rest: typeof shared = []
    for (const one of shared) {
      const { path, suffixes } = one
      if (counts.get(key(suffixAt(one))) === 1 || length >= suffixes.length - 1) names.set(path, suffixes.slice(length))
      else rest.push(one)
    }
    shared = rest
  }
  return names
}

/** Names that differ in case only look alike. */
function key(name: string): string {
  return name.toLowerCase()
}

/** `c`, `b/c`, `a/b/c` of `/a/b/c.onnx`. */
function suffixesOf(path: string): string[] {
  const segments = path.split(/[\\/]/).filter((segment) => segment !== '')
  const stem = stemOf(segments.pop() ?? path)
  const suffixes = [stem]
  for (const folder of segments.reverse()) suffixes.push(`${folder}/${suffixes.at(-1)}`)
  return suffixes.map(shortened)
}

/** Of a name that is too long its end is kept, where names differ. */
function shortened(name: string): string {
  const clean =
    name
      .toWellFormed()
      .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
      .trim() || 'model'
  return clean.length > MAX_LENGTH ? `…${clean.slice(1 - MAX_LENGTH)}` : clean
}
