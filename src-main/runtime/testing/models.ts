import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { ElementType } from '../../../src-contract/element-type.ts'
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
