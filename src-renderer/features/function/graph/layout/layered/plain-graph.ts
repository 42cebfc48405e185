import type { Picture } from '../../model/picture.ts'
import type { Scope } from '../../model/scope.ts'
import { arrowLabels, labelWidth } from '../arrow-labels.ts'
import { boxSize } from '../box-size.ts'
import type { Layout, Place, Point, Route } from '../layout.ts'
import type { PlainGraph, PlainLayout } from './layered-graph.ts'

/** The sizes of a picture's boxes and its arrows by numbers. */
export function plainGraph(picture: Picture, scope: Scope): PlainGraph {
  const numbers = new Map(picture.boxes.map(({ id }, number) => [id, number]))
  const arrows = picture.arrows.length
  const sizes = picture.boxes.map((box) => boxSize(box, scope, picture))
  const labels = arrowLabels(picture, scope)
  const ends = (end: 'from' | 'to') =>
    Int32Array.from({ length: arrows }, (_, arrow) => numbers.get(picture.arrows[arrow]?.[end] ?? '') ?? 0)
  return {
    widths: Float64Array.from(sizes, ({ width }) => width),
    heights: Float64Array.from(sizes, ({ height }) => height),
    from: ends('from'),
    to: ends('to'),
    labels: Float64Array.from(picture.arrows, ({ id }) => {
      const label = labels.get(id)
      return label ? labelWidth(label) : 0
    }),
  }
}

/** What was laid out by numbers, by the picture's names. */
export function namedLayout(picture: Picture, graph: PlainGraph, done: PlainLayout): Layout {
  const places = new Map<string, Place>()
  for (const [number, { id }] of picture.boxes.entries())
    places.set(id, {
      x: done.x[number] ?? 0,
      y: done.y[number] ?? 0,
      width: graph.widths[number] ?? 0,
      height: graph.heights[number] ?? 0,
    })
  const routes = new Map<string, Route>()
  for (const [arrow, { id }] of picture.arrows.entries()) {
    const points: Point[] = []
    for (let corner = done.starts[arrow] ?? 0; corner < (done.starts[arrow + 1] ?? 0); corner += 1)
      points.push({ x: done.cornerX[corner] ?? 0, y: done.cornerY[corner] ?? 0 })
    const label = { x: done.labelX[arrow] ?? Number.NaN, y: done.labelY[arrow] ?? Number.NaN }
    routes.set(id, { points, label: Number.isNaN(label.x) ? null : label })
  }
  return { places, routes }
}
