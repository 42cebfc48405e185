/**
 * The list with one more item. The first items get lists of exactly their number: a list that grows by `push` keeps room
 * for 16 more, which tens of thousands of nodes with one or two inputs each would multiply.
 */
export function appended<T>(list: T[], item: T): T[] {
  const [first, second] = list
  if (first === undefined) return [item]
  if (second === undefined) return [first, item]
  if (list.length === 2) return [first, second, item]
  list.push(item)
  return list
}
