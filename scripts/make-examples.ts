import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  type AttributeSpec,
  buildModel,
  type NodeSpec,
  type TensorSpec,
} from '../src-main/onnx/testing/model-builder.ts'

// Writes the models in examples/ anew: `node scripts/make-examples.ts`. A test holds the files against this.

const tensor = (name: string, shape: number[], floats: number[]): TensorSpec => ({ name, type: 'float', shape, floats })
const axes = (name: string, ...values: number[]): TensorSpec => ({
  name,
  type: 'int64',
  shape: [values.length],
  int64s: values,
})
const node = (
  operator: string,
  inputs: string[],
  output: string,
  attributes: Record<string, AttributeSpec> = {},
): NodeSpec => ({ operator, name: output, inputs, outputs: [output], attributes })

const common = {
  irVersion: 8,
  opsets: { '': 17 },
  producer: { name: 'Model Cabinet', version: '1' },
  domain: 'examples',
}

/** Marks the edges of a picture: Sobel's two gradients of its brightness, and their length. */
export function edges(): Uint8Array {
  return buildModel({
    ...common,
    documentation: [
      '# Edges of a picture',
      '',
      'Takes a picture of 320 × 240 pixels as red, green and blue from 0 to 1, and marks where its brightness changes, from 0 to 1.',
      '',
      'Three steps, all of them readable under *Graph*: the brightness as the eye weighs the colours (Rec. 601), its slope to the right and',
      'downwards (Sobel, 1968), and the length of that slope. Nothing was trained. Free for any use.',
    ].join('\n'),
    graph: {
      name: 'edges',
      inputs: [{ name: 'image', type: { tensor: 'float', shape: [1, 3, 240, 320] } }],
      outputs: [{ name: 'mask', type: { tensor: 'float', shape: [1, 1, 240, 320] } }],
      initializers: [
        tensor('luma', [1, 3, 1, 1], [0.299, 0.587, 0.114]),
        tensor('sobel', [2, 1, 3, 3], [-1, 0, 1, -2, 0, 2, -1, 0, 1, -1, -2, -1, 0, 0, 0, 1, 2, 1]),
        axes('channel', 1),
        tensor('zero', [], [0]),
        tensor('one', [], [1]),
      ],
      nodes: [
        node('Conv', ['image', 'luma'], 'brightness'),
        node('Conv', ['brightness', 'sobel'], 'slopes', { pads: { ints: [1, 1, 1, 1] } }),
        node('Mul', ['slopes', 'slopes'], 'squares'),
        node('ReduceSum', ['squares', 'channel'], 'sum', { keepdims: { int: 1 } }),
        node('Sqrt', ['sum'], 'length'),
        node('Clip', ['length', 'zero', 'one'], 'mask'),
      ],
    },
  })
}

const RATE = 16_000
const WINDOW = 1_024
const tones = { A4: 440, C5: 523.25, E5: 659.26 }

/** How loud each of three tones is in a recording, as shares of their sum. */
export function threeTones(): Uint8Array {
  const angles = Object.values(tones).map((hertz) => (2 * Math.PI * hertz) / RATE)
  const wave = (angle: number, part: (angle: number) => number) =>
    Array.from({ length: WINDOW }, (_, at) => part(angle * at) / WINDOW)
  const names = Object.keys(tones)
  const scores = `scores-${names.map((name, at) => `${at}:${name}`).join(';')}`
  return buildModel({
    ...common,
    documentation: [
      '# Three tones',
      '',
      'Listens to a recording of 16,000 samples a second and tells how its sound is shared between A4 (440 Hz), C5 and E5.',
      '',
      'Each tone is compared with a cosine and a sine of its pitch (the Fourier transform at one frequency), 1,024 samples at a time.',
      'Its output is named by the convention that turns names into options: `scores` with a label for each. Nothing was trained.',
      'Free for any use.',
    ].join('\n'),
    graph: {
      name: 'three_tones',
      inputs: [{ name: 'audio', type: { tensor: 'float', shape: [1, 1, 'samples'] } }],
      outputs: [{ name: scores, type: { tensor: 'float', shape: [1, names.length] } }],
      initializers: [
        tensor(
          'waves',
          [2 * angles.length, 1, WINDOW],
          angles.flatMap((angle) => [...wave(angle, Math.cos), ...wave(angle, Math.sin)]),
        ),
        tensor(
          'pairs',
          [angles.length, 2 * angles.length, 1],
          angles.flatMap((_, tone) => angles.flatMap((__, at) => (at === tone ? [1, 1] : [0, 0]))),
        ),
        axes('tone', 1),
        tensor('least', [], [1e-12]),
      ],
      nodes: [
        node('Conv', ['audio', 'waves'], 'likeness', {
          strides: { ints: [WINDOW / 2] },
          pads: { ints: [WINDOW / 2, WINDOW / 2] },
        }),
        node('Mul', ['likeness', 'likeness'], 'squares'),
        node('Conv', ['squares', 'pairs'], 'power'),
        node('ReduceMean', ['power'], 'loudness', { axes: { ints: [2] }, keepdims: { int: 0 } }),
        node('ReduceSum', ['loudness', 'tone'], 'total', { keepdims: { int: 1 } }),
        node('Max', ['total', 'least'], 'divisor'),
        node('Div', ['loudness', 'divisor'], scores),
      ],
    },
  })
}

/** The bytes of each file in examples/. */
export const examples = { 'edges.onnx': edges, 'three_tones.onnx': threeTones }

if (import.meta.main) {
  for (const [name, build] of Object.entries(examples))
    writeFileSync(resolve(import.meta.dirname, '../examples', name), build())
}
