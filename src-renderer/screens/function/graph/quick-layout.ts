import { boxSize } from './box-size.ts'
import type { Picture } from './build-graph.ts'
import type { Places } from './layout-graph.ts'
import type { Scope } from './scope.ts'

const GAP = { x: 28, y: 44 }
const ACROSS = 12

/** A plain layout that is there at once, for when the good one takes too long: each box below all that it needs. */
export function quickLayout(picture: Picture, scope: Scope): Places {
  const layer = new Map<string, number>()
  const waiting = new Map(picture.boxes.map(({ id }) => [id, 0]))
  const after = new Map<string, string[]>()
  for (const { from, to } of picture.arrows) {
    waiting.set(to, (waiting.get(to) ?? 0) + 1)
    const list = after.get(from)
    if (list) list.push(to)
    else after.set(from, [to])
  }
  const ready = picture.boxes.filter(({ id }) => waiting.get(id) === 0).map(({ id }) => id)
  for (const id of ready) {
    const own = layer.get(id) ?? 0
    layer.set(id, own)
    for (const next of after.get(id) ?? []) {
      layer.set(next, Math.max(layer.get(next) ?? 0, own + 1))
      const left = (waiting.get(next) ?? 1) - 1
      waiting.set(next, left)
      if (left === 0) ready.push(next)
    }
  }
  const rows = new Map<number, string[]>()
  for (const { id } of picture.boxes) {
    const row = layer.get(id) ?? 0
    const list = rows.get(row)
    if (list) list.push(id)
    else rows.set(row, [id])
  }
  const sizes = new Map(picture.boxes.map((box) => [box.id, boxSize(box, scope)]))
  const places = new Map<string, { x: number; y: number; width: number; height: number }>()
  let y = 0
  for (const [, ids] of [...rows].sort(([left], [right]) => left - right))
    for (let start = 0; start < ids.length; start += ACROSS) {
      let x = 0
      let tallest = 0
      for (const id of ids.slice(start, start + ACROSS)) {
        const size = sizes.get(id) ?? { width: 90, height: 32 }
        places.set(id, { x, y, ...size })
        x += size.width + GAP.x
        tallest = Math.max(tallest, size.height)
      }
      y += tallest + GAP.y
    }
  return places
}
