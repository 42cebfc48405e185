import type { Point } from './layout.ts'

const RADIUS = 8

const distance = (from: Point, to: Point) => Math.hypot(to.x - from.x, to.y - from.y)

/** The point at a distance from one point towards another. */
function towards(from: Point, to: Point, length: number): Point {
  const share = length / distance(from, to)
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
}

const text = ({ x, y }: Point) => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`

/** The SVG path along these points with rounded corners. */
export function routePath(points: readonly Point[]): string {
  const [start, ...rest] = points
  if (!start) return ''
  let path = `M ${text(start)}`
  let before = start
  for (const [index, point] of rest.entries()) {
    const after = rest[index + 1]
    if (after === undefined) path += ` L ${text(point)}`
    else {
      const radius = Math.min(RADIUS, distance(before, point) / 2, distance(point, after) / 2)
      if (radius > 0)
        path += ` L ${text(towards(point, before, radius))} Q ${text(point)} ${text(towards(point, after, radius))}`
    }
    before = point
  }
  return path
}
