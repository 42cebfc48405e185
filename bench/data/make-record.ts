import type { ListRecord } from '../../src-main/reader/list/list-record.ts'
import type { Random } from './random.ts'

const catalogueCount = 60
const families = [
  'resnet',
  'mobilenet',
  'efficientnet',
  'yolov5',
  'yolov8',
  'yolox',
  'bert',
  'distilbert',
  'roberta',
  'gpt2',
  't5',
  'whisper',
  'silero_vad',
  'wav2vec2',
  'vit',
  'swin',
  'unet',
  'deeplabv3',
  'super_resolution',
  'squeezenet',
  'inception',
  'densenet',
  'midas',
  'clip',
  'sam',
  'dino',
  'convnext',
  'final',
  'my_model',
  'test',
] as const
const sizes = ['', 'tiny', 'small', 'base', 'large', 'n', 's', 'm', 'l', 'xl', '18', '34', '50', '101', '152'] as const
const datasets = [
  '',
  'imagenet',
  'coco',
  'voc',
  'cityscapes',
  'squad',
  'librispeech',
  'icdar',
  'kitti',
  'warehouse',
  'weld-line-3',
] as const
const endings = [
  '',
  '',
  'int8',
  'fp16',
  'qdq',
  'dynamic',
  'opset17',
  'fixed',
  'copy',
  'FINAL',
  'best',
  'v2_fixed',
] as const
const operators = [
  'Conv',
  'Relu',
  'Add',
  'MatMul',
  'Gemm',
  'Concat',
  'Reshape',
  'Transpose',
  'Softmax',
  'Sigmoid',
  'Mul',
  'Slice',
  'Gather',
  'Cast',
  'Unsqueeze',
  'MaxPool',
  'BatchNormalization',
  'GlobalAveragePool',
  'Resize',
  'Clip',
  'LayerNormalization',
  'Gelu',
  'Split',
  'Shape',
  'ReduceMean',
  'Pad',
  'LSTM',
  'GRU',
  'QuantizeLinear',
  'DequantizeLinear',
  'QLinearConv',
  'ConvTranspose',
  'NonMaxSuppression',
  'TopK',
  'Where',
  'Loop',
  'If',
  'Scan',
  'Einsum',
  'GridSample',
] as const
const inputs = [
  ['image', 'image'],
  ['input', null],
  ['images', null],
  ['input_ids', null],
  ['pixel_values', null],
  ['nms_sensitivity', 'nms_sensitivity'],
  ['audio', null],
  ['x', null],
] as const
const outputs = [
  ['output', null],
  ['logits', null],
  ['scores-0:Cat;1:Dog', 'scores'],
  ['bboxes-format:xyxysc;0:Person', 'bboxes'],
  ['alarm-0:Person', 'alarm'],
  ['probabilities', null],
  ['embedding', null],
  ['mask-0:Road', null],
] as const
const sides = [
  28, 64, 96, 112, 128, 160, 192, 224, 256, 299, 320, 384, 416, 448, 512, 640, 800, 1024, 1280, 1920,
] as const
const sources = ['ONNX Model Zoo', 'Hugging Face', 'Ultralytics', 'in house', 'PyTorch Hub', 'NVIDIA NGC'] as const
const day = 86_400_000
const firstDay = Date.UTC(2023, 0, 1)

/** UUID of one of the catalogues. */
export function catalogueUuid(at: number): string {
  return `c0c0c0c0-0000-4000-8000-${at.toString(16).padStart(12, '0')}`
}

/** A function as people keep them: named in haste, described in about 25 words, with whatever their file has. */
export function makeRecord(random: Random, words: readonly string[], id: number): ListRecord {
  const digest = random.chance(0.03) ? random.below(2_000) : 10_000 + id
  const sha = (salt: number) => (digest * 2_654_435_761 + salt).toString(16).padStart(64, '0')
  const insertedAt = firstDay + random.below(1_200 * day)
  const vision = random.chance(0.6)
  const source = random.chance(0.5) ? random.pick(sources) : null
  const read = random.pick(inputs)
  const written = random.pick(outputs)
  const uuid = makeUuid(random)
  const name = makeName(random, id)
  return {
    id,
    uuid,
    name,
    alias: random.chance(0.1) ? `${random.pick(families)} ${random.below(100)}` : '',
    documentation: makeDocumentation(random, words),
    status: random.chance(0.96) ? 'ok' : random.pick(['new', 'downloading', 'error']),
    sourceName: source,
    ...{ sourceKind: null, task: null, baseModel: null, licence: null, tags: [] },
    sourceUrl: source === null ? null : `https://models.example.org/${random.below(5_000)}`,
    fileNames: [`${name}.onnx`],
    modelText: `pytorch\n2.${id % 10}\nexported by run ${id % 1_000}`,
    inputNames: [read[0]],
    outputNames: [written[0]],
    operatorTypes: [
      ...new Set(Array.from({ length: 6 + random.below(12) }, () => random.pickByRank(operators) ?? 'Conv')),
    ],
    inputOptions: read[1] === null ? [] : [read[1]],
    outputOptions: written[1] === null ? [] : [written[1]],
    catalogues: random.chance(0.7) ? makeCatalogues(random) : [],
    devices: random.chance(0.95) ? (random.chance(0.05) ? ['cpu', random.pick(['hailo', 'mxa'])] : ['cpu']) : [],
    starred: random.chance(0.02),
    runs: random.chance(0.05) ? null : random.chance(0.85),
    failure: null,
    linked: random.chance(0.03),
    size: Math.floor(10 ** (4 + 5 * random.next())),
    width: vision ? random.pick(sides) : null,
    height: vision ? random.pick(sides) : null,
    opset: 7 + random.below(15),
    fileSha256: sha(0),
    contentSha256: sha(0),
    paths: [],
    structureSha256: random.chance(0.1) ? random.below(500).toString(16).padStart(64, 'f') : sha(7),
    insertedAt: new Date(insertedAt).toISOString(),
    updatedAt: new Date(insertedAt + (random.chance(0.3) ? random.below(100 * day) : 0)).toISOString(),
    fields: makeFields(random, id),
  }
}

function makeName(random: Random, id: number): string {
  const parts: string[] = [random.pick(families), random.pick(sizes), random.pick(datasets), random.pick(endings)]
  if (random.chance(0.5)) parts.push(random.chance(0.5) ? `v${random.below(20)}` : String(id))
  return parts.filter((part) => part !== '').join(random.pick(['_', '-', ' ', '_']))
}

/** Nine in ten speak of a model. */
function makeDocumentation(random: Random, words: readonly string[]): string {
  const length = 15 + random.below(21)
  const chosen = Array.from({ length }, () => random.pickByRank(words) ?? '')
  if (random.chance(0.9)) chosen[random.below(length)] = 'model'
  const text = chosen.join(' ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

function makeCatalogues(random: Random): string[] {
  const all = Array.from({ length: catalogueCount }, (_, at) => catalogueUuid(at))
  const count = random.chance(0.2) ? 2 : 1
  return [...new Set(Array.from({ length: count }, () => random.pickByRank(all) ?? catalogueUuid(0)))]
}

function makeFields(random: Random, id: number): ListRecord['fields'] {
  if (random.chance(0.5)) return {}
  return {
    accuracy: Math.round(random.next() * 10_000) / 10_000,
    dataset: random.pick(datasets) || 'none',
    ...(random.chance(0.3) && { run: `run-${id}` }),
    ...(random.chance(0.3) && { approved: random.chance(0.5) }),
  }
}

function makeUuid(random: Random): string {
  const digits = Array.from({ length: 4 }, () =>
    random
      .below(2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('')
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20)}`
}
