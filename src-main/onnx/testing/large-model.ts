import { closeSync, openSync, writeSync } from 'node:fs'
import { buildGraph, buildModel, type NodeSpec } from './model-builder.ts'
import { WireWriter } from './wire-writer.ts'

/** The square matrices take 4 MiB each, or less where the model is to be small. */
const largestWidth = 1024
const fewestMatrices = 4

/**
 * Writes a model of about `bytes` bytes and at least `nodes` nodes that ONNX Runtime can run, with its weights inside the file
 * and never whole in memory: a chain of matrix products, each with its own weights, and cheap operators between them.
 * Protobuf, and so ONNX Runtime, takes at most 2 GiB.
 */
export function writeLargeModel(path: string, { bytes, nodes }: { bytes: number; nodes: number }): void {
  const width = Math.min(largestWidth, Math.floor(Math.sqrt(bytes / fewestMatrices / 4)))
  const matrixBytes = width * width * 4
  const matrices = Math.max(1, Math.floor(bytes / matrixBytes))
  const head = buildGraph({ nodes: chain(matrices, nodes), name: 'large' })
  const tail = buildGraph({
    inputs: [{ name: 'x', type: { tensor: 'float', shape: ['N', width] } }],
    outputs: [{ name: 'y', type: { tensor: 'float', shape: ['N', width] } }],
  })
  const headers = Array.from({ length: matrices }, (_, index) => weightHeader(`w${index}`, width))
  const graphBytes = headers.reduce((sum, header) => sum + header.length + matrixBytes, head.length + tail.length)
  const weights = new Uint8Array(
    Float32Array.from({ length: width * width }, (_, index) => (((index * 7919) % 2003) / 2003 - 0.5) / 16).buffer,
  )
  const file = openSync(path, 'w')
  try {
    const put = (piece: Uint8Array) => {
      for (let done = 0; done < piece.length; ) done += writeSync(file, piece, done)
    }
    put(buildModel({ producer: { name: 'large-model', version: '1' }, opsets: { '': 17 } }))
    put(new WireWriter().bytesHeader(7, graphBytes).finish())
    put(head)
    for (const header of headers) {
      put(header)
      put(weights)
    }
    put(tail)
  } finally {
    closeSync(file)
  }
}

/** The beginning of an initializer in a graph, up to where its values follow. */
function weightHeader(name: string, width: number): Uint8Array {
  const matrixBytes = width * width * 4
  const tensor = new WireWriter()
    .varint(1, width)
    .varint(1, width)
    .varint(2, 1)
    .string(8, name)
    .bytesHeader(9, matrixBytes)
  return new WireWriter()
    .bytesHeader(5, tensor.length + matrixBytes)
    .raw(tensor.finish())
    .finish()
}

/** Matrix products spread evenly over a chain of `nodes` nodes. */
function chain(matrices: number, nodes: number): NodeSpec[] {
  const between = Math.max(0, Math.ceil(nodes / matrices) - 1)
  const made: NodeSpec[] = []
  let value = 'x'
  const add = (operator: string, inputs: string[], attributes: NodeSpec['attributes'] = {}) => {
    const output = `/layer/${made.length}/${operator}_output_0`
    made.push({ operator, name: `/layer/${made.length}/${operator}`, inputs, outputs: [output], attributes })
    value = output
  }
  for (let matrix = 0; matrix < matrices; matrix++) {
    add('MatMul', [value, `w${matrix}`])
    for (let index = 0; index < between; index++) {
      if (index % 2 === 0) add('LeakyRelu', [value], { alpha: { float: 0.1 } })
      else add('Softmax', [value], { axis: { int: -1 } })
    }
  }
  const last = made.at(-1)
  if (last !== undefined) last.outputs = ['y']
  return made
}
