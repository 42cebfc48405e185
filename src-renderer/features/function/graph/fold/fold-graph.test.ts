import { describe, expect, it } from 'vitest'
import type { GraphNode } from '../../../../../src-contract/contract/models/graph.ts'
import { chainsOf } from '../model/build-graph.ts'
import type { Box } from '../model/picture.ts'
import { node, scope } from '../testing/small-graph.ts'
import { foldGraph } from './fold-graph.ts'

const ids = (chains: GraphNode[][]) => chains.map((chain) => chain.map(({ Id }) => Id))
const groupsOf = (boxes: readonly Box[]) => boxes.flatMap((box) => (box.kind === 'group' ? [box] : []))
const idsOf = (box: { nodes: readonly GraphNode[] } | undefined) => new Set(box?.nodes.map(({ Id }) => Id) ?? [])

/** Nodes of which none is in a chain: each uses the two before. */
const braid = (count: number, more: (index: number) => Partial<GraphNode>) =>
  Array.from({ length: count }, (_, index) =>
    node(index, [index === 0 ? 'x' : `v${index - 1}`, index < 2 ? 'x' : `v${index - 2}`], [`v${index}`], more(index)),
  )

describe('drawing a graph', () => {
  it('makes one box of nodes that follow one another, and ends it where a value branches or leaves', () => {
    const nodes = [node(0, ['x'], ['a']), node(1, ['a'], ['b']), node(2, ['b'], ['c']), node(3, ['b'], ['d'])]
    expect(ids(chainsOf(nodes, scope([], [], ['c', 'd'])))).toEqual([[0, 1], [2], [3]])
    expect(ids(chainsOf(nodes.slice(0, 2), scope([], [], ['a', 'b'])))).toEqual([[0], [1]])
    const long = Array.from({ length: 30 }, (_, index) => node(index, [`v${index}`], [`v${index + 1}`]))
    expect(chainsOf(long, scope([], [], [])).map(({ length }) => length)).toEqual([12, 12, 6])
  })

  it('draws constants with what uses them, and inputs that nothing uses', () => {
    const nodes = [node(0, [], ['k'], { Type: 'Constant' }), node(1, ['x', 'k'], ['y'], { Type: 'Add' })]
    const picture = foldGraph(scope(nodes, ['x', 'unused'], ['y']), null)
    expect(picture.boxes.map(({ id }) => id)).toEqual(['in x', 'in unused', 'out y', 'chain 1'])
    expect(picture.arrows.map(({ from, to }) => [from, to])).toEqual([
      ['in x', 'chain 1'],
      ['chain 1', 'out y'],
    ])
  })

  it('draws what only the branches of an If use as going into it', () => {
    const whole = scope([node(0, ['condition'], ['y'], { Type: 'If' })], ['condition', 'audio'], ['y'], {
      captures: new Map([[0, ['audio']]]),
    })
    expect(foldGraph(whole, null).arrows.map(({ from, to }) => [from, to])).toEqual([
      ['in condition', 'chain 0'],
      ['in audio', 'chain 0'],
      ['chain 0', 'out y'],
    ])
  })

  it('folds by the beginnings of names, tells repeated layers, and opens a group with its edges', () => {
    const layers = braid(1_000, (index) => ({ Name: `/model/layer.${Math.floor(index / 100)}/add_${index}` }))
    const head = node(1_000, ['v999'], ['y'], { Name: '/model/head/add' })
    const whole = scope([...layers, head], ['x'], ['y'])
    const [outer] = groupsOf(foldGraph(whole, null).boxes)
    expect([outer?.label, outer?.note]).toEqual(['model/layer', '10 × 100 nodes'])
    const inner = foldGraph(whole, idsOf(outer))
    expect(groupsOf(inner.boxes).map(({ label }) => label)).toEqual(
      Array.from({ length: 10 }, (_, layer) => `model/layer/${layer}`),
    )
    const opened = foldGraph(whole, idsOf(groupsOf(inner.boxes)[3]))
    expect(opened.boxOfNode.size).toBe(100)
    expect(opened.boxes.filter(({ kind }) => kind === 'input').map(({ id }) => id)).toEqual(['in v299', 'in v298'])
    expect(opened.boxes.filter(({ kind }) => kind === 'output').map(({ id }) => id)).toEqual(['out v398', 'out v399'])
  })

  it('joins more layers than can be taken in', () => {
    const whole = scope(
      braid(2_000, (index) => ({ Name: `/layers.${Math.floor(index / 10)}/add_${index}` })),
      ['x'],
      ['v1999'],
    )
    const groups = groupsOf(foldGraph(whole, null).boxes)
    expect(groups.length).toBeLessThanOrEqual(48)
    expect([groups[0]?.label, groups[0]?.note]).toEqual(['layers/0–4', '5 × 10 nodes'])
  })

  it('finds blocks that repeat where nodes have no names', () => {
    const kinds = ['Conv', 'Relu', 'Conv', 'Add']
    const blocks = braid(400, (index) => ({ Type: kinds[index % 4] ?? '' }))
    const tail = Array.from({ length: 9 }, (_, index) =>
      node(400 + index, [`v${399 + index}`, 'v0'], [`v${400 + index}`], { Type: `Tail${index}` }),
    )
    const groups = groupsOf(foldGraph(scope([...blocks, ...tail], ['x'], ['v408']), null).boxes)
    expect(groups[0]).toMatchObject({ label: 'Residual blocks 1–3', note: '3 × 4 nodes' })
    expect(groups.at(-1)).toMatchObject({ label: 'Tail0 · Tail1 · Tail2 · Tail3 …', note: '9 nodes' })
  })

  it('folds what has neither names nor blocks, and does not fold where every node is asked for', () => {
    const kinds = ['Add', 'Mul', 'Sub', 'Max']
    let seed = 1
    const whole = scope(
      braid(2_000, () => {
        seed = (seed * 48_271) % 2_147_483_647
        return { Type: kinds[seed % 4] ?? '' }
      }),
      ['x'],
      ['v1999'],
    )
    expect(foldGraph(whole, null).boxes.length).toBeLessThanOrEqual(100)
    expect(foldGraph(whole, null, 'unfolded').boxes.length).toBe(2_002)
  })

  it('says that all nodes are too many, and shows those of a block', () => {
    const whole = scope(
      braid(51_000, (index) => ({ Name: `/layer.${Math.floor(index / 1_000)}/add_${index}` })),
      ['x'],
      ['v50999'],
    )
    const picture = foldGraph(whole, null, 'unfolded')
    expect(picture).toMatchObject({ foldable: false, tooMany: true })
    const block = foldGraph(whole, idsOf(groupsOf(picture.boxes)[3]), 'unfolded')
    expect(block).toMatchObject({ foldable: true, tooMany: false })
    expect(block.boxOfNode.size).toBeGreaterThan(999)
  })

  it('survives a cycle', () => {
    expect(ids(chainsOf([node(0, ['b'], ['a']), node(1, ['a'], ['b'])], scope([], [], [])))).toEqual([])
  })
})
