import { describe, expect, it } from 'vitest'
import { foldGraph } from '../fold/fold-graph.ts'
import { layOut, node, scope as scopeOf } from '../testing/small-graph.ts'
import { drawingOf } from './drawing.ts'
import { arrowAt, spotAt } from './find-at-point.ts'
import { overviewScale } from './overview-scale.ts'

// x → two chains that meet in the last node → y
const scope = scopeOf(
  [node(0, ['x'], ['a']), node(1, ['a'], ['b']), node(2, ['x'], ['c']), node(3, ['b', 'c'], ['y'], { Type: 'Add' })],
  ['x'],
  ['y'],
)
const picture = foldGraph(scope, null)
const layout = layOut(picture, scope)
const drawing = drawingOf(picture, layout)
const placeOf = (id: string) => layout.places.get(id) ?? { x: 0, y: 0, width: 0, height: 0 }

describe('a drawing', () => {
  it('tells what lies in an area, and no more', () => {
    const { x, y, width, height } = placeOf('chain 0')
    const area = { left: x + 1, top: y + 1, right: x + width - 1, bottom: y + height - 1 }
    expect(drawing.boxesIn(area).map(({ box }) => box.id)).toEqual(['chain 0'])
    expect(drawing.boxesIn(drawing.extent)).toHaveLength(picture.boxes.length)
    expect(drawing.arrowsIn({ left: -20, top: -20, right: -10, bottom: -10 })).toEqual([])
  })

  it('finds the node of a chain under the pointer, and nothing between the boxes', () => {
    const { x, y, height } = placeOf('chain 0')
    expect(spotAt(drawing, picture, scope, { x: x + 5, y: y + 6 })).toEqual({ box: 'chain 0', node: 0 })
    expect(spotAt(drawing, picture, scope, { x: x + 5, y: y + height - 6 })).toEqual({ box: 'chain 0', node: 1 })
    expect(spotAt(drawing, picture, scope, { x: x + 5, y: y - 10 })).toBeNull()
  })

  it('finds the arrow nearest to the pointer within reach', () => {
    const from = placeOf('in x')
    const begin = { x: from.x + from.width / 2, y: from.y + from.height }
    expect(arrowAt(drawing, { x: begin.x, y: begin.y + 1 }, 6)?.from).toBe('in x')
    expect(arrowAt(drawing, { x: begin.x + 400, y: begin.y + 1 }, 6)).toBeNull()
  })

  it('keeps the overview of a very high graph wide enough to be seen', () => {
    expect(overviewScale({ left: 0, top: 0, right: 300, bottom: 600_000 })).toMatchObject({ width: 36, height: 176 })
    expect(overviewScale({ left: 0, top: 0, right: 1_000, bottom: 1_000 })).toMatchObject({ width: 128, height: 128 })
  })
})
