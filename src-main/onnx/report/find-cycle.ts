/** The items of one cycle, in the order of their dependencies; null where there is none. Items are numbered from 0. */
export function findCycle(count: number, dependenciesOf: (item: number) => readonly number[]): number[] | null {
  const state = new Uint8Array(count)
  const [open, done] = [1, 2]
  for (let start = 0; start < count; start++) {
    if (state[start] !== 0) continue
    state[start] = open
    // The path from the start; each step with the dependencies that are still to be looked at.
    const path = [{ item: start, left: [...dependenciesOf(start)] }]
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.left.pop()
      if (next === undefined) {
        state[top.item] = done
        path.pop()
      } else if (state[next] === open) {
        return path.slice(path.findIndex(({ item }) => item === next)).map(({ item }) => item)
      } else if (state[next] !== done) {
        state[next] = open
        path.push({ item: next, left: [...dependenciesOf(next)] })
      }
    }
  }
  return null
}
