/**
 * The list with one more item; it may be the same list. The first items get lists of exactly their number: a list that grows by `push` keeps room
 * for 16 more, which tens of thousands of nodes with one or two inputs each would multiply.
 */
export function appended<T>(list: T[], item: T): T[] {
  if (list.length > 2) {
    list.push(item)
    return list
  }
  // By index: before it is compiled, a destructured list makes an iterator and an object for every item.
  const first = list[0]
  const second = list[1]
  if (first === undefined) return [item]
  return second === undefined ? [first, item] : [first, second, item]
}
