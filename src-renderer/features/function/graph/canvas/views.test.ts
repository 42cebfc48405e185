import { describe, expect, it } from 'vitest'
import { foldGraph } from '../fold/fold-graph.ts'
import { layOut, node, scope as scopeOf } from '../testing/small-graph.ts'
import { drawingOf } from './drawing.ts'
import { fittingView, wholeView } from './views.ts'

const size = { width: 1000, height: 600 }

/** A chain that cannot be drawn as one box, since each node also takes the input. */
function ladder(rungs: number) {
  const nodes = Array.from({ length: rungs }, (_, index) =>
    node(index, [index === 0 ? 'x' : `v${index - 1}`, 'x'], [index === rungs - 1 ? 'y' : `v${index}`], { Type: 'Add' }),
  )
  const scope = scopeOf(nodes, ['x'], ['y'])
  const picture = foldGraph(scope, null, 'unfolded')
  return drawingOf(picture, layOut(picture, scope))
}

describe('fitting the graph', () => {
  it('begins at the input, readable, where the whole would be a line', () => {
    const drawing = ladder(400)
    const view = fittingView(drawing, size)
    expect(view.zoom).toBe(1)
    expect(wholeView(drawing, size).zoom).toBeLessThan(0.1)
    const input = drawing.boxes.find(({ box }) => box.kind === 'input')?.place ?? { x: Number.NaN, y: Number.NaN }
    expect(input.y * view.zoom + view.y).toBeGreaterThan(0)
    expect(input.y * view.zoom + view.y).toBeLessThan(100)
    expect(input.x * view.zoom + view.x).toBeGreaterThan(0)
    expect(input.x * view.zoom + view.x).toBeLessThan(size.width)
  })

  it('shows the whole otherwise', () => {
    for (const rungs of [3, 12]) {
      const drawing = ladder(rungs)
      expect(fittingView(drawing, size)).toEqual(wholeView(drawing, size))
    }
  })

  it('begins as wide as the graph is, where that can be read', () => {
    const { extent, ...drawing } = ladder(400)
    const wide = { ...drawing, extent: { ...extent, right: extent.left + 1_150 } }
    const view = fittingView(wide, size)
    expect(view.zoom).toBeCloseTo(0.8)
    expect(extent.left * view.zoom + view.x).toBeCloseTo(40)
    const wider = { ...drawing, extent: { ...extent, right: extent.left + 2_000 } }
    expect(fittingView(wider, size).zoom).toBe(1)
  })
})
