import { ROW, TAP_ROW } from '../layout/box-size.ts'
import type { Point } from '../layout/layout.ts'
import type { Arrow, Picture } from '../model/picture.ts'
import type { Scope } from '../model/scope.ts'
import type { Drawing } from './drawing.ts'
import { type Spot, spotOf } from './walk.ts'

/** Above the first row of a box. */
const EDGE = 4

/** The box under a point of the picture, and in a chain its node. */
export function spotAt(drawing: Drawing, picture: Picture, scope: Scope, { x, y }: Point): Spot | null {
  const [hit] = drawing.boxesIn({ left: x, top: y, right: x, bottom: y })
  if (!hit) return null
  const { box, place } = hit
  if (box.kind !== 'chain') return spotOf(box)
  let bottom = place.y + EDGE + ((picture.taps.get(box.id)?.length ?? 0) > 0 ? TAP_ROW : 0)
  for (const node of box.nodes) {
    bottom += ROW * (1 + (scope.inner.get(node.Id)?.length ?? 0))
    if (y < bottom) return { box: box.id, node: node.Id }
  }
  return spotOf(box, 'last')
}

/** How far a point lies from the line between two others. */
function distanceTo({ x, y }: Point, from: Point, to: Point): number {
  const length = (to.x - from.x) ** 2 + (to.y - from.y) ** 2
  const share = length === 0 ? 0 : ((x - from.x) * (to.x - from.x) + (y - from.y) * (to.y - from.y)) / length
  const along = Math.min(1, Math.max(0, share))
  return Math.hypot(x - from.x - along * (to.x - from.x), y - from.y - along * (to.y - from.y))
}

/** The arrow that runs within `reach` of a point. */
export function arrowAt(drawing: Drawing, point: Point, reach: number): Arrow | null {
  const around = { left: point.x - reach, top: point.y - reach, right: point.x + reach, bottom: point.y + reach }
  let nearest: Arrow | null = null
  let least = reach
  for (const { arrow, points } of drawing.arrowsIn(around))
    for (const [index, from] of points.entries()) {
      const to = points[index + 1]
      const distance = to ? distanceTo(point, from, to) : least
      if (distance >= least) continue
      least = distance
      nearest = arrow
    }
  return nearest
}
