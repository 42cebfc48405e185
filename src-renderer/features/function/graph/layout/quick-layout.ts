import { layersOf } from '../model/layers.ts'
import type { Picture } from '../model/picture.ts'
import type { Scope } from '../model/scope.ts'
import { boxSize } from './box-size.ts'
import type { Layout } from './layout-graph.ts'

const GAP = { x: 28, y: 44 }
const ACROSS = 12

/** A plain layout that is there at once, for when the good one takes too long: each box below all that it needs. */
export function quickLayout(picture: Picture, scope: Scope): Layout {
  const layer = layersOf(picture.boxes, picture.arrows)
  const rows = new Map<number, string[]>()
  for (const { id } of picture.boxes) {
    const row = layer.get(id) ?? 0
    const list = rows.get(row)
    if (list) list.push(id)
    else rows.set(row, [id])
  }
  const sizes = new Map(picture.boxes.map((box) => [box.id, boxSize(box, scope, picture)]))
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
  return { places, routes: new Map() }
}
