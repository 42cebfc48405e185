import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { ElementType } from '../../../src-contract/contract/models/element-type.ts'
import type { DimensionSpec, ModelSpec, NodeSpec } from '../../onnx/testing/model-builder.ts'

/** A real model: Silero's voice activity detection, with the inputs `input`, `state` and `sr`. */
export const sileroPath = join(
  dirname(createRequire(import.meta.url).resolve('@ricky0123/vad-web/package.json')),
  'dist/silero_vad_v5.onnx',
)

type Values = Record<string, [type: ElementType, shape: DimensionSpec[]]>

/** A model of the given nodes. */
export function graphOf(nodes: NodeSpec[], inputs: Values, outputs: Values): ModelSpec {
  const values = (from: Values) =>
    Object.entries(from).map(([name, [type, shape]]) => ({ name, type: { tensor: type, shape } }))
  return { irVersion: 10, opsets: { '': 21 }, graph: { nodes, inputs: values(inputs), outputs: values(outputs) } }
}

/** Gives its one input `x` back as `y`. */
export const identityOf = (type: ElementType, shape: DimensionSpec[] = ['N']): ModelSpec =>
  graphOf([{ operator: 'Identity', inputs: ['x'], outputs: ['y'] }], { x: [type, shape] }, { y: [type, shape] })

/** A loop that would go on for years. */
export const endlessModel: ModelSpec = graphOf(
  [
    { operator: 'Constant', outputs: ['times'], attributes: { value_int: { int: 9_000_000_000_000_000_000n } } },
    {
      operator: 'Loop',
      inputs: ['times', '', 'x'],
      outputs: ['y'],
      attributes: {
        body: {
          graph: {
            name: 'body',
            nodes: [
              { operator: 'Identity', inputs: ['go'], outputs: ['on'] },
              { operator: 'Sin', inputs: ['before'], outputs: ['after'] },
            ],
            inputs: [
              { name: 'at', type: { tensor: 'int64', shape: [] } },
              { name: 'go', type: { tensor: 'bool', shape: [] } },
              { name: 'before', type: { tensor: 'float', shape: [1] } },
            ],
            outputs: [
              { name: 'on', type: { tensor: 'bool', shape: [] } },
              { name: 'after', type: { tensor: 'float', shape: [1] } },
            ],
          },
        },
      },
    },
  ],
  { x: ['float', [1]] },
  { y: ['float', [1]] },
)

/** a + b, where both have the shape [N, 2], and the number of b's values. */
export const sumModel: ModelSpec = graphOf(
  [
    { operator: 'Add', inputs: ['a', 'b'], outputs: ['sum'] },
    { operator: 'Size', inputs: ['b'], outputs: ['size'] },
  ],
  { a: ['float', ['N', 2]], b: ['float', ['N', 2]] },
  { sum: ['float', ['N', 2]], size: ['int64', []] },
)
