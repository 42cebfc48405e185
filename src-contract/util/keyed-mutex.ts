/** Work of one key goes one after the other, in the order asked for; that of other keys goes beside it. */
export function createKeyedMutex<Key>() {
  const last = new Map<Key, Promise<unknown>>()
  return async <Result>(key: Key, work: () => Promise<Result>): Promise<Result> => {
    const before = last.get(key)
    // Whatever became of the one before is told to who asked for it.
    const mine = before === undefined ? work() : before.then(work, work)
    last.set(key, mine)
    try {
      return await mine
    } finally {
      if (last.get(key) === mine) last.delete(key)
    }
  }
}
