/** A set of listeners. */
export type Listeners<Value> = {
  add(listener: (value: Value) => void): () => void
  emit(value: Value): void
}

/** Makes an empty set of listeners; one that is removed while an event goes round is not called any more. */
export function createListeners<Value>(): Listeners<Value> {
  const all = new Set<{ call: (value: Value) => void }>()
  return {
    add(listener) {
      const entry = { call: listener }
      all.add(entry)
      return () => {
        all.delete(entry)
      }
    },
    emit(value) {
      for (const entry of all) entry.call(value)
    },
  }
}
