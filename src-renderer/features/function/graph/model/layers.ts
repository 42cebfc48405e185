/**
 * How far below the top each box lies at least: one below all that it needs. A cycle is cut before its first box.
 */
export function layersOf(
  boxes: readonly { id: string }[],
  arrows: Iterable<{ from: string; to: string }>,
): ReadonlyMap<string, number> {
  const layer = new Map<string, number>()
  const waiting = new Map(boxes.map(({ id }) => [id, 0]))
  const after = new Map<string, string[]>()
  for (const { from, to } of arrows) {
    waiting.set(to, (waiting.get(to) ?? 0) + 1)
    const list = after.get(from)
    if (list) list.push(to)
    else after.set(from, [to])
  }
  const ready = boxes.filter(({ id }) => waiting.get(id) === 0).map(({ id }) => id)
  const done = new Set(ready)
  let first = 0
  for (let at = 0; at < boxes.length; at += 1) {
    // Only boxes of a cycle are left: it is cut before the first of them.
    while (at >= ready.length && first < boxes.length) {
      const id = boxes[first++]?.id
      if (id === undefined || done.has(id)) continue
      done.add(id)
      ready.push(id)
    }
    const id = ready[at]
    if (id === undefined) break
    const own = layer.get(id) ?? 0
    layer.set(id, own)
    for (const next of after.get(id) ?? []) {
      layer.set(next, Math.max(layer.get(next) ?? 0, own + 1))
      const left = (waiting.get(next) ?? 1) - 1
      waiting.set(next, left)
      if (left > 0 || done.has(next)) continue
      done.add(next)
      ready.push(next)
    }
  }
  return layer
}
