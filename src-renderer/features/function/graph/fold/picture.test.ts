import { describe, expect, it } from 'vitest'
import type { GraphEdge, GraphNode } from '../../../../../src-contract/contract/models/graph.ts'
import { weightText } from '../layout/box-size.ts'
import { routePath } from '../layout/route-path.ts'
import { inOrder } from '../model/in-order.ts'
import { node, scope } from '../testing/small-graph.ts'
import { blockName } from './block-name.ts'
import { foldGraph } from './fold-graph.ts'

const stored = (Name: string, Shape: number[]): [string, GraphEdge] => [
  Name,
  { Name, Kind: 'tensor', ElementType: 'uint8', Type: '', Shape, Stored: true },
]
const arrowsOf = (nodes: GraphNode[], inputs: string[], outputs: string[]) =>
  foldGraph(scope(nodes, inputs, outputs), null).arrows.map(({ from, to }) => `${from} > ${to}`)

describe('the short names of sizes', () => {
  it('are those of the signature: inputs first, then outputs, whatever stands between them', () => {
    const edge = (Name: string, size: string): [string, GraphEdge] => [
      Name,
      { Name, Kind: 'tensor', ElementType: 'float', Type: '', Shape: [size], Stored: false },
    ]
    const values = new Map([
      edge('y', 'the longest name of the last size'),
      edge('between', 'a very long name in the middle'),
      edge('x', 'the rather long name of the first'),
    ])
    const nodes = [node(0, ['x'], ['between']), node(1, ['between'], ['y'])]
    const { symbols } = foldGraph(scope(nodes, ['x'], ['y'], { values }), null)
    expect(symbols.get('the rather long name of the first')).toBe('d0')
    expect(symbols.get('the longest name of the last size')).toBe('d1')
  })
})

describe('what a picture leaves out', () => {
  const values = new Map([stored('w', [8, 3, 3, 3])])
  const quantized = [
    node(0, ['w', 'w_scale'], ['w_float'], { Type: 'DequantizeLinear' }),
    node(1, ['x', 'w_float'], ['y'], { Type: 'Conv' }),
  ]

  it('draws a stored weight that is dequantized with what uses it, and tells its shape there', () => {
    const whole = scope(quantized, ['x'], ['y'], { values: new Map([...values, stored('w_scale', [])]) })
    const complete = scope(quantized, ['x'], ['y'], { values: whole.values })
    expect(foldGraph(complete, null).boxes.map(({ id }) => id)).toEqual(['in x', 'out y', 'chain 1'])
    expect(weightText(node(1, ['x', 'w_float'], ['y']), complete)).toBe('8×3×3×3')
  })

  it('draws what differs from run to run, what the model gives, and a model that takes nothing', () => {
    const shape = new Map([stored('shape', [2])])
    const drawn = (nodes: GraphNode[], inputs: string[], outputs: string[]) =>
      foldGraph(scope(nodes, inputs, outputs, { values: shape }), null).boxOfNode.size
    const noise = node(0, ['shape'], ['n'], { Type: 'RandomNormalLike' })
    const fill = node(0, ['shape'], ['n'], { Type: 'ConstantOfShape' })
    const add = node(1, ['x', 'n'], ['y'], { Type: 'Add' })
    expect(drawn([noise, add], ['x'], ['y'])).toBe(2)
    expect(drawn([fill, add], ['x'], ['y'])).toBe(1)
    expect(drawn([fill, add], ['x'], ['y', 'n'])).toBe(2)
    expect(drawn([fill, node(1, ['n'], ['y'])], [], ['y'])).toBe(2)
  })

  it('names a mask at the boxes far below that take it, and draws arrows where it is near', () => {
    const nodes = Array.from({ length: 6 }, (_, index) => [
      node(2 * index, [index === 0 ? 'x' : `b${index - 1}`, 'mask'], [`a${index}`], { Type: 'Add' }),
      node(2 * index + 1, [`a${index}`, `a${index}`, index === 0 ? 'x' : `b${index - 1}`], [`b${index}`]),
    ]).flat()
    const picture = foldGraph(scope(nodes, ['x', 'mask'], ['b5']), null)
    const drawn = picture.arrows.filter(({ from }) => from === 'in mask').map(({ to }) => to)
    expect(drawn).toContain('chain 0')
    expect(drawn).not.toContain('chain 10')
    expect(picture.taps.get('chain 10')).toEqual([{ value: 'mask', from: 'in mask' }])
  })

  it('draws every branch of one value, and every output', () => {
    const branches = Array.from({ length: 5 }, (_, index) => node(index, ['x'], [`y${index}`], { Type: `B${index}` }))
    const outputs = branches.flatMap(({ Outputs }) => Outputs)
    expect(arrowsOf(branches, ['x'], outputs)).toHaveLength(10)
  })
})

describe('the blocks of a network', () => {
  const whole = scope([], ['x'], [], { values: new Map([stored('bias', [8])]) })
  const named = (...nodes: [type: string, inputs: string[]][]) =>
    blockName(
      nodes.map(([Type, inputs], index) => node(index, inputs, [`v${index}`], { Type })),
      whole,
    )

  it('are called what their operators show, and nothing where those leave a doubt', () => {
    expect(named(['Conv', ['x']], ['Relu', ['v0']], ['Add', ['v1', 'x']])).toBe('Residual block')
    expect(named(['Conv', ['x']], ['Add', ['v0', 'bias']], ['Relu', ['v1']])).toBeNull()
    expect(named(['Conv', ['x']], ['Conv', ['x']], ['Conv', ['x']], ['Concat', ['v0', 'v1', 'v2']])).toBe(
      'Inception block',
    )
    expect(named(['MatMul', ['x']], ['Softmax', ['v0']], ['MatMul', ['v1']])).toBe('Attention')
    expect(named(['Relu', ['x']])).toBeNull()
  })

  it('are cut where one value alone goes on', () => {
    const block = (at: number, from: string): GraphNode[] => [
      ...[0, 1, 2].map((branch) => node(at + branch, [from], [`v${at + branch}`], { Type: 'Conv', Name: `n${at}` })),
      node(at + 3, [`v${at}`, `v${at + 1}`, `v${at + 2}`], [`v${at + 3}`], { Type: 'Concat' }),
      // Blocks that differ, so that they are not found as repeats.
      node(at + 4, [`v${at + 3}`], [`v${at + 4}`], { Type: `Own${at}` }),
    ]
    const nodes = Array.from({ length: 20 }, (_, index) =>
      block(5 * index, index === 0 ? 'x' : `v${5 * index - 1}`),
    ).flat()
    const { boxes } = foldGraph(scope(nodes, ['x'], ['v99']), null)
    const groups = boxes.flatMap((box) => (box.kind === 'group' ? [box.label] : []))
    expect(groups.slice(0, 2)).toEqual(['Inception block 1', 'Inception block 2'])
    expect(groups).toHaveLength(20)
  })
})

describe('the order of computation', () => {
  const ids = (nodes: readonly GraphNode[]) => nodes.map(({ Id }) => Id)

  it('is the file’s where that is one, and is made where it is not, cycles included', () => {
    const sorted = [node(0, ['x'], ['a']), node(1, ['a'], ['b'])]
    expect(inOrder(sorted, scope([], [], []))).toBe(sorted)
    expect(
      ids(inOrder([node(0, ['b'], ['c']), node(1, ['x'], ['a']), node(2, ['a'], ['b'])], scope([], [], []))),
    ).toEqual([1, 2, 0])
    expect(ids(inOrder([node(0, ['b'], ['a']), node(1, ['a'], ['b'])], scope([], [], [])))).toHaveLength(2)
  })
})

describe('the way of an arrow', () => {
  it('has rounded corners, smaller ones where there is little room', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 0, y: 20 },
      { x: 6, y: 20 },
      { x: 6, y: 60 },
    ]
    expect(routePath(points)).toBe('M 0 0 L 0 17 Q 0 20 3 20 L 3 20 Q 6 20 6 23 L 6 60')
    expect(routePath([])).toBe('')
  })
})
