import type { ModelSpec } from '../../onnx/testing/model-builder.ts'

/** Adds to its input what stands in the 12 bytes of `data/w.bin` beside it. */
export const externalModel: ModelSpec = {
  graph: {
    nodes: [{ operator: 'Add', inputs: ['x', 'w'], outputs: ['y'] }],
    initializers: [
      { name: 'w', type: 'float', shape: [3], external: { location: 'data/w.bin', offset: '0', length: '12' } },
    ],
    inputs: [{ name: 'x', type: { tensor: 'float', shape: [3] } }],
    outputs: [{ name: 'y', type: { tensor: 'float', shape: [3] } }],
  },
}
