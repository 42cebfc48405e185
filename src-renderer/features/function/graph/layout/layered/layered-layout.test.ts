import { describe, expect, it } from 'vitest'
import type { PlainGraph, PlainLayout } from './layered-graph.ts'
import { layeredLayout } from './layered-layout.ts'

const graph = (boxes: number, arrows: [number, number][], label = 0): PlainGraph => ({
  widths: new Float64Array(boxes).fill(100),
  heights: new Float64Array(boxes).fill(40),
  from: Int32Array.from(arrows, ([from]) => from),
  to: Int32Array.from(arrows, ([, to]) => to),
  labels: new Float64Array(arrows.length).fill(label),
})

/** The blocks of a network: each box feeds two branches that meet again, and an arrow goes past them. */
function blocks(count: number, label = 0): PlainGraph {
  const arrows = Array.from({ length: count }, (_, block): [number, number][] => {
    const [top, left, right, next, end] = [0, 1, 2, 3, 4].map((step) => 4 * block + step)
    const at = (box: number | undefined) => box ?? 0
    return [
      [at(top), at(left)],
      [at(top), at(right)],
      [at(left), at(next)],
      [at(next), at(end)],
      [at(right), at(end)],
      [at(top), at(end)],
    ]
  })
  return graph(4 * count + 1, arrows.flat(), label)
}

const cornersOf = ({ starts, cornerX, cornerY }: PlainLayout, arrow: number) =>
  Array.from({ length: (starts[arrow + 1] ?? 0) - (starts[arrow] ?? 0) }, (_, index) => {
    const corner = (starts[arrow] ?? 0) + index
    return [cornerX[corner] ?? Number.NaN, cornerY[corner] ?? Number.NaN] as const
  })

/** Three boxes, each of which feeds three others; a label on one arrow of each. */
const crossing: PlainGraph = {
  ...graph(
    6,
    [0, 1, 2].flatMap((from) => [3, 4, 5].map((to): [number, number] => [from, to])),
  ),
  labels: Float64Array.from({ length: 9 }, (_, arrow) => (arrow % 3 === 0 ? 160 : 0)),
}

type Area = { left: number; right: number; top: number; bottom: number }

const meets = (one: Area, other: Area) =>
  one.left <= other.right && one.right >= other.left && one.top <= other.bottom && one.bottom >= other.top

/** Arrows run together where they leave the same box or enter it. */
const areApart = ({ from, to }: PlainGraph, one: number, other: number) =>
  from[one] !== from[other] && to[one] !== to[other]

/** All level and upright lines of the arrows. */
function linesOf({ from }: PlainGraph, layout: PlainLayout): (Area & { arrow: number })[] {
  return Array.from(from.keys()).flatMap((arrow) => {
    const corners = cornersOf(layout, arrow)
    return corners.slice(1).map(([x, y], index) => {
      const [beforeX, beforeY] = corners[index] ?? [x, y]
      return {
        arrow,
        left: Math.min(x, beforeX),
        right: Math.max(x, beforeX),
        top: Math.min(y, beforeY),
        bottom: Math.max(y, beforeY),
      }
    })
  })
}

function overlaps({ widths, heights }: PlainGraph, { x, y }: PlainLayout): number {
  let count = 0
  for (let one = 0; one < x.length; one += 1)
    for (let other = one + 1; other < x.length; other += 1) {
      const across = Math.abs((x[one] ?? 0) - (x[other] ?? 0)) < (widths[one] ?? 0)
      const down = Math.abs((y[one] ?? 0) - (y[other] ?? 0)) < (heights[one] ?? 0)
      if (across && down) count += 1
    }
  return count
}

describe('the layered layout', () => {
  it('puts no box on another, each below all that it needs, and joins them by upright and level lines', () => {
    const plain = blocks(30)
    const layout = layeredLayout(plain)
    expect(overlaps(plain, layout)).toBe(0)
    for (const [arrow, from] of plain.from.entries()) {
      const to = plain.to[arrow] ?? 0
      expect(layout.y[to]).toBeGreaterThan((layout.y[from] ?? 0) + 40)
      const corners = cornersOf(layout, arrow)
      const rounded = (point: readonly number[] = []) => point.map(Math.round)
      expect(rounded(corners[0])).toEqual(rounded([(layout.x[from] ?? 0) + 50, (layout.y[from] ?? 0) + 40]))
      expect(rounded(corners.at(-1))).toEqual(rounded([(layout.x[to] ?? 0) + 50, layout.y[to] ?? 0]))
      for (const [index, [x, y]] of corners.slice(1).entries()) {
        const [beforeX, beforeY] = corners[index] ?? [0, 0]
        expect(Math.min(Math.abs(x - beforeX), Math.abs(y - beforeY))).toBeLessThan(1)
      }
    }
  })

  it('runs no arrow through a box', () => {
    const plain = blocks(30)
    const layout = layeredLayout(plain)
    const inside = (x: number, y: number) =>
      layout.x.some(
        (left, box) => x > left && x < left + 100 && y > (layout.y[box] ?? 0) && y < (layout.y[box] ?? 0) + 40,
      )
    for (const arrow of plain.from.keys())
      for (const [index, [x, y]] of cornersOf(layout, arrow).slice(1).entries()) {
        const [beforeX, beforeY] = cornersOf(layout, arrow)[index] ?? [0, 0]
        for (let share = 0.02; share < 1; share += 0.02)
          expect(inside(beforeX + share * (x - beforeX), beforeY + share * (y - beforeY))).toBe(false)
      }
  })

  it.each([
    { name: 'blocks', plain: blocks(30, 160), count: 30 * 6 },
    { name: 'arrows that cross', plain: crossing, count: 3 },
  ])('puts every label of $name on no box, no other label and no arrow of others', ({ plain, count }) => {
    const [width, height] = [160, 16]
    const layout = layeredLayout(plain)
    expect(overlaps(plain, layout)).toBe(0)
    const labels = Array.from(layout.labelX.keys()).flatMap((arrow) => {
      const [x, y] = [layout.labelX[arrow] ?? Number.NaN, layout.labelY[arrow] ?? Number.NaN]
      return Number.isNaN(x)
        ? []
        : [{ arrow, left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 }]
    })
    expect(labels).toHaveLength(count)
    const lines = linesOf(plain, layout)
    for (const { arrow, ...label } of labels) {
      expect(labels.filter((other) => other.arrow !== arrow && meets(other, label))).toEqual([])
      for (const [box, x] of layout.x.entries()) {
        const y = layout.y[box] ?? 0
        expect(meets({ left: x, right: x + 100, top: y, bottom: y + 40 }, label)).toBe(false)
      }
      expect(lines.filter((line) => areApart(plain, line.arrow, arrow) && meets(line, label))).toEqual([])
    }
  })

  it('runs the main line and long arrows straight down, past what branches off', () => {
    const plain = blocks(30)
    const layout = layeredLayout(plain)
    const middles = Array.from({ length: 31 }, (_, block) => (layout.x[4 * block] ?? Number.NaN) + 50)
    expect(new Set(middles.map(Math.round)).size).toBe(1)
    // Six arrows a block, two of which turn aside and back.
    const bends = Array.from(plain.from.keys(), (arrow) => cornersOf(layout, arrow).length - 2)
    expect(bends.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(30 * 8)
  })

  it('finds the order in which nothing crosses', () => {
    // Two chains side by side, whose boxes come from the file in turns and cross at first.
    const plain = graph(8, [
      [0, 3],
      [1, 2],
      [3, 5],
      [2, 4],
      [5, 6],
      [4, 7],
      [0, 5],
      [1, 4],
    ])
    const lines = linesOf(plain, layeredLayout(plain))
    for (const one of lines)
      expect(lines.filter((other) => areApart(plain, one.arrow, other.arrow) && meets(one, other))).toEqual([])
  })

  it('gives arrows that have to cross different lanes', () => {
    const level = linesOf(crossing, layeredLayout(crossing)).filter(({ top, bottom }) => bottom - top < 1)
    for (const one of level)
      expect(level.filter((other) => areApart(crossing, one.arrow, other.arrow) && meets(one, other))).toEqual([])
  })

  it('stays about as wide as its widest layer where each block leaves an end at its side', () => {
    // Were every line of the main way straight, each of these ends would push it further to one side.
    const arrows = Array.from({ length: 60 }, (_, block): [number, number][] => {
      const top = 3 * block
      return [
        [top, top + 1],
        [top, top + 2],
        [top + 1, top + 3],
      ]
    })
    const { x } = layeredLayout(graph(181, arrows.flat()))
    expect(Math.max(...x) - Math.min(...x) + 100).toBeLessThan(400)
  })

  it('stays as narrow as one block, however many follow', () => {
    const width = ({ x }: PlainLayout) =>
      x.reduce((most, one) => Math.max(most, one)) - x.reduce((least, one) => Math.min(least, one))
    expect(width(layeredLayout(blocks(1_000)))).toBeLessThan(3 * width(layeredLayout(blocks(4))))
  })

  it('does not mind twenty thousand layers', () => {
    const layout = layeredLayout(
      graph(
        20_000,
        Array.from({ length: 19_999 }, (_, box) => [box, box + 1]),
      ),
    )
    expect(new Set(layout.x).size).toBe(1)
    expect(layout.y.at(-1)).toBeGreaterThan(20_000 * 40)
  })

  it('leads an arrow past very many layers round the outside', () => {
    const chain = Array.from({ length: 99 }, (_, box): [number, number] => [box, box + 1])
    const layout = layeredLayout(graph(100, [...chain, [0, 99]]))
    const right = layout.x.reduce((most, one) => Math.max(most, one)) + 100
    expect(Math.max(...cornersOf(layout, 99).map(([x]) => x))).toBeGreaterThan(right)
  })

  it('puts what needs nothing right above its first use, and gives every box of a cycle a place', () => {
    const { y } = layeredLayout(
      graph(5, [
        [0, 1],
        [1, 2],
        [2, 3],
        [4, 3],
      ]),
    )
    expect(y[4]).toBe(y[2])
    const cycle = layeredLayout(
      graph(3, [
        [0, 1],
        [1, 2],
        [2, 1],
      ]),
    )
    expect([...cycle.x, ...cycle.y].every(Number.isFinite)).toBe(true)
    expect(cornersOf(cycle, 2).flat().every(Number.isFinite)).toBe(true)
  })
})
