import fc from 'fast-check'
import { readFieldFilter } from '../../../../src-contract/contract/functions/field-filter.ts'
import {
  functionParts,
  type ListingQuery,
  type OrderTerm,
  orderColumns,
  type PartFilter,
} from '../../../../src-contract/contract/functions/listing.ts'
import { NIL_UUID } from '../../../../src-contract/util/identifiers.ts'
import type { ListRecord } from '../list-record.ts'

// Few different values of everything, so that filters meet, orders tie and words repeat.

const vocabulary = [
  ...['model', 'Modell', 'remodel', 'mo', 'm', 'résumé', 'RESUME', 'Straße', 'strasse', 'ΟΔΟΣ', 'οδος', 'ﬁne', 'fine'],
  ...[
    '图像模型',
    '模型',
    'v2',
    'v10',
    'v2.1-beta',
    '0007',
    '7',
    '"quoted"',
    'a AND b',
    'NOT',
    'x*',
    'e\u0301te',
    'été',
  ],
  ...[
    'ResNet-50',
    'resnet50',
    'ResNet50',
    'yolov8n',
    'YOLO v8',
    'x-s',
    'HTMLParser',
    'ÉtéNet2',
    'net',
    '日本',
    'ОКНО',
    'окно',
    "it's",
    'deadbeef',
    '🙂',
    'İstanbul',
    'istanbul',
  ],
]
const catalogueUuids = ['a', 'b', 'c', 'd'].map((digit) => `${digit.repeat(8)}-0000-4000-8000-000000000000`)
const functionUuids = ['deadbeef', '00000001', 'cafe0000', 'abcdef01'].flatMap((head) =>
  Array.from({ length: 10 }, (_, at) => `${head}-0000-4000-8000-00000000000${at}`),
)
const sources = ['Zoo', 'zoo', 'Model Zoo', '']
const urls = ['https://example.org/a', 'https://example.org/b']
const operators = ['Conv', 'Relu', 'MatMul', 'ConvTranspose']
const inputOptions = ['image', 'mask'] as const
const outputOptions = ['scores', 'bboxes'] as const
const devices = ['cpu', 'hailo', 'mxa']
const digest = (digit: string) => digit.repeat(64)
// Equal bytes have equal structure: 0 has no duplicate of its structure, 1 to 3 share theirs.
const models = [
  { fileSha256: null, contentSha256: null, structureSha256: null },
  { fileSha256: digest('0'), contentSha256: digest('0'), structureSha256: digest('a') },
  ...['1', '2', '3'].map((file) => ({
    fileSha256: digest(file),
    contentSha256: digest(file),
    structureSha256: digest('b'),
  })),
  // Two trainings of one network, with their weights in other files.
  ...['c', 'd'].map((files) => ({
    fileSha256: digest('3'),
    contentSha256: digest(files),
    structureSha256: digest('b'),
  })),
]
const fieldNames = ['accuracy', 'dataset', 'a b', 'constructor', 'toString']
const times = Array.from({ length: 6 }, (_, at) => `2026-01-0${at + 1}T00:00:00.00${at}Z`)
const sizes = [1, 100, 200, 224, 640]

const text = (most: number) =>
  fc.array(fc.constantFrom(...vocabulary), { maxLength: most }).map((words) => words.join(' '))
const some = (values: readonly string[]) => fc.subarray([...values])
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const field = fc.oneof(
  fc.constantFrom(0, 1, 0.5, -0.5, 1e-7, 12),
  fc.constantFrom('0.5', '0.50', '+1', '1e999', 'true', 'ICDAR', 'icdar', ''),
  fc.boolean(),
)

/** A function without its id. */
export const arbitraryRecord: fc.Arbitrary<Omit<ListRecord, 'id' | 'uuid'>> = fc
  .record({
    name: text(3),
    alias: text(2),
    documentation: text(8),
    status: fc.constantFrom('new', 'downloading', 'ok', 'error'),
    sourceName: maybe(fc.constantFrom(...sources)),
    sourceUrl: maybe(fc.constantFrom(...urls)),
    fileNames: some(['model-v2.onnx', 'ResNet_50.onnx']),
    paths: some([
      '/zoo/seg/model.onnx',
      '/zoo/segments/model.onnx',
      '/home/ada/ResNet_50.onnx',
      'C:\\Zoo\\seg\\m.onnx',
    ]),
    sourceKind: maybe(fc.constantFrom('hugging-face', 'folder')),
    task: maybe(fc.constantFrom('object-detection')),
    baseModel: maybe(fc.constantFrom('acme/base')),
    licence: maybe(fc.constantFrom('MIT', 'mit', 'Apache-2.0')),
    tags: some(['Vision', 'vision', 'edge']),
    modelText: text(2),
    inputNames: some(['image', 'mask-0:Cat;1:Dog', 'input']),
    outputNames: some(['scores-0:Cat', 'output']),
    operatorTypes: some(operators),
    inputOptions: some(inputOptions),
    outputOptions: some(outputOptions),
    catalogues: some(catalogueUuids),
    devices: some(devices),
    starred: fc.boolean(),
    runs: maybe(fc.boolean()),
    failure: maybe(fc.constantFrom('operator', 'timeout')),
    linked: fc.boolean(),
    size: fc.constantFrom(0, ...sizes),
    width: maybe(fc.constantFrom(...sizes)),
    height: maybe(fc.constantFrom(...sizes)),
    opset: maybe(fc.constantFrom(7, 11, 17)),
    insertedAt: fc.constantFrom(...times),
    updatedAt: fc.constantFrom(...times),
    fields: fc
      .array(fc.tuple(fc.constantFrom(...fieldNames), field), { maxLength: 4 })
      .map((entries) => Object.fromEntries(entries)),
    model: fc.constantFrom(...models),
  })
  .map(({ model, ...record }) => ({ ...record, ...model }))

/** A catalogue of functions; ids follow the UUIDs' order, which is no order of the list. */
export const arbitraryRecords: fc.Arbitrary<ListRecord[]> = fc
  .tuple(fc.subarray(functionUuids), fc.array(arbitraryRecord, { minLength: 40, maxLength: 40 }))
  .map(([uuids, records]) =>
    uuids.flatMap((uuid, at) => {
      const record = records[at]
      return record ? [{ ...record, id: at + 1, uuid }] : []
    }),
  )

const range = fc
  .tuple(maybe(fc.constantFrom(...sizes)), maybe(fc.constantFrom(...sizes)))
  .filter(([minimum, maximum]) => minimum !== null || maximum !== null)
  .filter(([minimum, maximum]) => minimum === null || maximum === null || minimum <= maximum)
  .map(([minimum, maximum]) => ({ minimum, maximum }))
const word = fc.oneof(
  fc.constantFrom(...vocabulary),
  fc.constantFrom(
    'mod',
    'v8',
    '8n',
    'n-s',
    '50',
    'catalogue',
    'od',
    'o',
    'ode',
    'l',
    'esn',
    'deadbeef',
    'cafe0000-0000',
    '!!',
    'straß',
    '本',
    '型',
    'é',
    'zoo',
  ),
)
const term: fc.Arbitrary<OrderTerm> = fc.record({
  column: fc.constantFrom(...orderColumns, ...fieldNames.map((name): OrderTerm['column'] => `Field.${name}`)),
  descending: fc.boolean(),
})
const truth = fc.boolean()
const fieldFilter = fc
  .tuple(
    fc.constantFrom(...fieldNames),
    fc.constantFrom(
      '0.5',
      '.5-',
      '0.50',
      '0.5-',
      '0.5 - 1',
      '-0.5',
      '-0.5-0.5',
      '--0.5',
      '1e-7',
      'true',
      'ICDAR',
      '',
      '0-12',
      'x',
    ),
  )
  .map(([name, value]) => readFieldFilter(name, value) ?? { name, range: null, text: value })
const partFilter: fc.Arbitrary<PartFilter> = fc.record({
  part: fc.constantFrom(...functionParts, ...fieldNames.map((name): PartFilter['part'] => `Field.${name}`)),
  present: fc.boolean(),
})
const excluded: fc.Arbitrary<ListingQuery> = fc.oneof(
  fc.record({ Status: fc.constantFrom('ok', 'new') }),
  fc.record({ Catalogue: fc.constantFrom(NIL_UUID, ...catalogueUuids) }),
  fc.record({ Opset: fc.constant({ minimum: 8, maximum: null }) }),
  fc.record({ q: word, hidesPaths: truth }),
  fc.record({ fieldFilters: fc.tuple(fieldFilter) }),
  fc.record({ parts: fc.tuple(partFilter) }),
)

/** Any query of contract.md 3; most of the time few filters at once, so that something is found. */
export const arbitraryQuery: fc.Arbitrary<ListingQuery> = fc
  .record({
    paging: fc.record({ Offset: fc.nat({ max: 45 }), Limit: fc.integer({ min: 1, max: 45 }) }, { requiredKeys: [] }),
    order: fc.option(fc.uniqueArray(term, { selector: ({ column }) => column, minLength: 1, maxLength: 3 }), {
      nil: undefined,
    }),
    q: fc.option(
      fc.array(word, { maxLength: 3 }).map((words) => words.join(' ')),
      { nil: undefined },
    ),
    filters: fc.record<Required<Omit<ListingQuery, 'Offset' | 'Limit' | 'OrderBy' | 'q' | 'inTrash'>>>({
      Status: fc.constantFrom('new', 'downloading', 'ok', 'error'),
      Catalogue: fc.constantFrom(NIL_UUID, ...catalogueUuids),
      LicensedCatalogue: fc.subarray([NIL_UUID, ...catalogueUuids], { minLength: 1 }),
      Functions: fc.subarray(functionUuids, { minLength: 1 }),
      SourceName: fc.constantFrom(...sources),
      SourceUrl: fc.constantFrom(...urls),
      Source: fc.constantFrom('ZOO', 'Hugging-Face', 'zo'),
      Licence: fc.constantFrom('MIT', 'apache-2.0', 'apache'),
      Tag: fc.subarray(['vision', 'Edge', 'x'], { minLength: 1 }),
      Path: fc.constantFrom(
        '/zoo',
        '/zoo/seg/',
        '/zoo/seg/model.onnx',
        'oo/seg',
        'SEG/',
        'zoo\\seg',
        'c:\\zoo',
        '/',
        'x',
      ),
      Width: range,
      Height: range,
      RuntimeArch: fc.constantFrom(...devices),
      InputProperty: fc.constantFrom(...inputOptions),
      OutputProperty: fc.constantFrom(...outputOptions),
      Starred: truth,
      hidesPaths: truth,
      Attention: fc.constant('true' as const),
      Runs: fc.constantFrom('true', 'false', 'null'),
      RunsFailure: fc.constantFrom('operator', 'timeout', 'crash'),
      Operator: fc.constantFrom(...operators),
      Size: range,
      Opset: range,
      Linked: truth,
      Duplicates: fc.constantFrom('any', 'bytes', 'structure'),
      Sha256: fc.constantFrom(digest('0'), digest('1'), digest('f')),
      SameBytesAs: fc.constantFrom(...functionUuids),
      SameStructureAs: fc.constantFrom(...functionUuids),
      InsertedSince: fc.constantFrom(...times).map(Date.parse),
      UpdatedSince: fc.constantFrom(...times).map(Date.parse),
      fieldFilters: fc.array(fieldFilter, { minLength: 1, maxLength: 2 }),
      parts: fc.array(partFilter, { minLength: 1, maxLength: 2 }),
      excluded: fc.array(excluded, { minLength: 1, maxLength: 2 }),
    }),
    kept: fc.array(fc.nat(), { maxLength: 2 }),
  })
  .map(({ paging, order, q, filters, kept }) => {
    const all = Object.entries(filters)
    const chosen = all.filter((_, at) => kept.some((number) => number % all.length === at))
    return {
      ...paging,
      ...(order && { OrderBy: order }),
      ...(q !== undefined && { q }),
      ...Object.fromEntries(chosen),
    }
  })
