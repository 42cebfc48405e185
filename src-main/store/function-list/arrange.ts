/** A number of each slot to order by, ascending. */
export type Level = (slot: number) => number

/** Below this many slots comparing them is quicker than dividing them further. */
const FEW = 24

/**
 * Puts those slots into order that stand from place `from` up to `to` once all are in order of the levels, the first level first;
 * the others only come to the right side of them. So a page costs a few passes over the slots wherever it lies, not a sort.
 * (A quicksort that divides in three by one level at a time and follows only the parts that the window touches.)
 */
export function arrange(slots: Int32Array, levels: readonly Level[], from: number, to: number): void {
  const keys = new Float64Array(slots.length)

  function swap(a: number, b: number): void {
    const slot = slots[a] ?? 0
    const key = keys[a] ?? 0
    slots[a] = slots[b] ?? 0
    keys[a] = keys[b] ?? 0
    slots[b] = slot
    keys[b] = key
  }

  function loadKeys(low: number, high: number, level: Level): void {
    for (let at = low; at < high; at++) keys[at] = level(slots[at] ?? 0)
  }

  function sortLevel(low: number, high: number, depth: number): void {
    const level = levels[depth]
    if (level === undefined || high - low < 2) return
    if (high - low <= FEW) {
      sortFew(slots.subarray(low, high), levels.slice(depth))
    } else {
      loadKeys(low, high, level)
      divide(low, high, depth)
    }
  }

  function divide(start: number, stop: number, depth: number): void {
    let low = start
    let high = stop
    while (high - low > 1 && high > from && low < to) {
      const pivot = middle(keys[low] ?? 0, keys[(low + high) >>> 1] ?? 0, keys[high - 1] ?? 0)
      let less = low
      let more = high
      for (let at = low; at < more; ) {
        const key = keys[at] ?? 0
        if (key < pivot) swap(less++, at++)
        else if (key > pivot) swap(at, --more)
        else at++
      }
      if (more > from && less < to) sortLevel(less, more, depth + 1)
      // The smaller side by recursion, the larger one by going on, so that the stack stays shallow.
      if (less - low < high - more) {
        divide(low, less, depth)
        low = more
      } else {
        divide(more, high, depth)
        high = less
      }
    }
  }

  sortLevel(0, slots.length, 0)
}

function sortFew(slots: Int32Array, levels: readonly Level[]): void {
  slots.sort((a, b) => {
    for (const level of levels) {
      // Not by their difference: that of two infinite ones is no number.
      const x = level(a)
      const y = level(b)
      if (x < y) return -1
      if (x > y) return 1
    }
    return 0
  })
}

function middle(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
}
