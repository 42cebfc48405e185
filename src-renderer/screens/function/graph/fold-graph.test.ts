import { describe, expect, it } from 'vitest'
import type { GraphNode } from '../../../../src-contract/graph.ts'
import { chainsOf, type Scope } from './build-graph.ts'
import { foldGraph } from './fold-graph.ts'

const node = (Id: number, Inputs: string[], Outputs: string[], more: Partial<GraphNode> = {}): GraphNode => ({
  Id,
  Name: '',
  Domain: '',
  Type: 'Relu',
  Inputs,
  Outputs,
  Attributes: [],
  Documentation: '',
  Metadata: [],
  ...more,
})

const scope = (nodes: GraphNode[], inputs: string[], outputs: string[]): Scope => ({
  name: '',
  parent: null,
  inputs,
  outputs,
  nodes,
  values: new Map(),
})

const ids = (chains: GraphNode[][]) => chains.map((chain) => chain.map(({ Id }) => Id))

describe('drawing a graph', () => {
  it('makes one box of nodes that follow one another, and ends it where a value branches or leaves', () => {
    const nodes = [node(0, ['x'], ['a']), node(1, ['a'], ['b']), node(2, ['b'], ['c']), node(3, ['b'], ['d'])]
    expect(ids(chainsOf(nodes, ['c', 'd']))).toEqual([[0, 1], [2], [3]])
    expect(ids(chainsOf(nodes.slice(0, 2), ['a', 'b']))).toEqual([[0], [1]])
    const long = Array.from({ length: 30 }, (_, index) => node(index, [`v${index}`], [`v${index + 1}`]))
    expect(chainsOf(long, []).map(({ length }) => length)).toEqual([12, 12, 6])
  })

  it('draws constants with what uses them', () => {
    const nodes = [node(0, [], ['k'], { Type: 'Constant' }), node(1, ['x', 'k'], ['y'], { Type: 'Add' })]
    const picture = foldGraph(scope(nodes, ['x'], ['y']), null)
    expect(picture.boxes.map(({ id }) => id)).toEqual(['in x', 'out y', 'chain 1'])
    expect(picture.arrows.map(({ from, to }) => [from, to])).toEqual([
      ['in x', 'chain 1'],
      ['chain 1', 'out y'],
    ])
  })

  it('folds what is too much to see by the beginnings of names, and opens a group with its edges', () => {
    // A thousand nodes, none in a chain: each uses the two before.
    const nodes = Array.from({ length: 1_000 }, (_, index) =>
      node(index, [index === 0 ? 'x' : `v${index - 1}`, index < 2 ? 'x' : `v${index - 2}`], [`v${index}`], {
        Name: `/layer.${Math.floor(index / 100)}/add_${index}`,
      }),
    )
    const whole = scope(nodes, ['x'], ['v999'])
    const picture = foldGraph(whole, null)
    const groups = picture.boxes.filter((box) => box.kind === 'group')
    expect(groups).toHaveLength(10)
    expect(picture.boxOfNode.size).toBe(1_000)
    const opened = groups[3]
    const inner = foldGraph(whole, new Set(opened && 'nodes' in opened ? opened.nodes.map(({ Id }) => Id) : []))
    expect(inner.boxOfNode.size).toBe(100)
    expect(inner.boxes.filter(({ kind }) => kind === 'input').map(({ id }) => id)).toEqual(['in v299', 'in v298'])
    expect(inner.boxes.filter(({ kind }) => kind === 'output').map(({ id }) => id)).toEqual(['out v398', 'out v399'])
  })

  it('folds nodes without names too, and survives a cycle', () => {
    const many = Array.from({ length: 2_000 }, (_, index) =>
      node(index, [index === 0 ? 'x' : `v${index - 1}`, index < 2 ? 'x' : `v${index - 2}`], [`v${index}`]),
    )
    expect(foldGraph(scope(many, ['x'], ['v1999']), null).boxes.length).toBeLessThan(230)
    expect(ids(chainsOf([node(0, ['b'], ['a']), node(1, ['a'], ['b'])], []))).toEqual([])
  })
})
