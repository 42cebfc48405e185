import { describe, expect, it } from 'vitest'
import { buildModel, type FunctionSpec, type GraphSpec, type NodeSpec } from '../testing/model-builder.ts'
import { memorySource } from '../wire/byte-source.ts'
import { findCycle } from './find-cycle.ts'
import { inspect } from './inspect.ts'

const type = { tensor: 'float' } as const
const node = (operator: string, inputs: string[], output: string, more: Partial<NodeSpec> = {}): NodeSpec => ({
  operator,
  inputs,
  outputs: [output],
  ...more,
})

function warningsOf(nodes: NodeSpec[], functions: FunctionSpec[] = []): string[] {
  const graph: GraphSpec = { nodes, inputs: [{ name: 'x', type }], outputs: [{ name: 'y', type }] }
  return inspect(memorySource(buildModel({ graph, functions }))).report.Warnings.map(({ Message }) => Message)
}

const defined = (name: string, nodes: NodeSpec[]): FunctionSpec => ({
  name,
  domain: 'my.dom',
  inputs: ['a'],
  outputs: ['b'],
  nodes,
})

describe('a graph', () => {
  it('names a value that nothing makes once, wherever it is used', () => {
    const branch: GraphSpec = { nodes: [node('Add', ['x', 'lost'], 'z')], outputs: [{ name: 'z', type }] }
    const both = { then_branch: { graph: branch }, else_branch: { graph: branch } }
    expect(warningsOf([node('Add', ['x', 'gone'], 'c'), node('If', ['c'], 'y', { attributes: both })])).toEqual([
      'Nothing in the graph makes the value “gone”.',
      'Nothing in the graph makes the value “lost”.',
    ])
  })

  it('lets sub-graphs use what the graphs around them make, in any order of nodes', () => {
    const branch: GraphSpec = { nodes: [node('Neg', ['late'], 'z')], outputs: [{ name: 'z', type }] }
    const both = { then_branch: { graph: branch }, else_branch: { graph: branch } }
    expect(warningsOf([node('If', ['x'], 'y', { attributes: both }), node('Neg', ['x'], 'late')])).toEqual([])
  })

  it('names a cycle, also one through a sub-graph', () => {
    expect(warningsOf([node('Add', ['x', 'b'], 'a'), node('Neg', ['a'], 'b'), node('Neg', ['b'], 'y')])).toEqual([
      'The values “a” → “b” depend on each other, so the model cannot run.',
    ])
    const branch: GraphSpec = { nodes: [node('Neg', ['y'], 'z')], outputs: [{ name: 'z', type }] }
    const both = { then_branch: { graph: branch }, else_branch: { graph: branch } }
    expect(warningsOf([node('If', ['x'], 'y', { attributes: both })])).toEqual([
      'The value “y” depends on itself, so the model cannot run.',
    ])
  })

  it('names functions that are defined twice, call each other in a circle or use what they do not have', () => {
    const call = (operator: string, input: string, output: string) =>
      node(operator, [input], output, { domain: 'my.dom' })
    const functions = [
      defined('f', [node('Relu', ['a'], 'b')]),
      defined('f', [call('g', 'a', 'b')]),
      defined('g', [call('f', 'a', 'b'), node('Neg', ['lost'], 'c')]),
    ]
    expect(warningsOf([call('f', 'x', 'y')], functions)).toEqual([
      'The function f of the domain my.dom is defined more than once; ONNX Runtime uses the last definition.',
      'Nothing in the function g makes the value “lost”.',
      'The functions f → g call each other without end, so the model cannot run.',
    ])
  })
})

describe('a search for cycles', () => {
  it('goes as deep as the graph does', () => {
    const count = 100_000
    expect(findCycle(count, (item) => (item + 1 < count ? [item + 1] : []))).toBeNull()
    expect(findCycle(count, (item) => [(item + 1) % count])).toHaveLength(count)
  })
})
