import { NIL_UUID } from '../src-contract/util/identifiers.ts'
import { catalogueUuid } from './data/make-record.ts'
import type { Random } from './data/random.ts'

/** A kind of query, and how to ask another one of it each time. */
export type QueryClass = { name: string; parameters: (random: Random) => Record<string, string> }

const rows = { Limit: '50' }
const lists = ['model', 'the', 'for', 'with'] as const
const frequent = ['trained', 'dataset', 'input', 'images', 'exported', 'network', 'float16', 'classes'] as const
const architectures = ['resnet', 'yolov8', 'bert', 'whisper', 'mobilenet', 'unet', 'swin', 'silero'] as const
const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'.split('')
const parts = ['ing', 'tion', 'net', 'mod', 'tra', 'ear', 'out', '000', 'est', 'ion'] as const

/** Every kind of query that a person can ask: contract.md 3. */
export function searchClasses(count: number, words: readonly string[]): QueryClass[] {
  const rare = words.slice(-Math.floor(words.length / 2))
  const anywhere = (random: Random) => String(random.below(count - 50))
  const list = (name: string, parameters: QueryClass['parameters']): QueryClass => ({
    name,
    parameters: (random) => ({ ...rows, ...parameters(random) }),
  })
  const orders = ['Name', '-Name', 'UpdatedAt', '-UpdatedAt', 'InsertedAt', '-InsertedAt']
  return [
    list('newest first', () => ({})),
    list('newest, deep page', (random) => ({ Offset: anywhere(random) })),
    ...orders.map((OrderBy) => list(`by ${OrderBy}, deep page`, (random) => ({ OrderBy, Offset: anywhere(random) }))),
    list('by two columns, deep page', (random) => ({ OrderBy: 'Name,-UpdatedAt', Offset: anywhere(random) })),
    list('by a Field, deep page', (random) => ({ OrderBy: '-Field.accuracy', Offset: anywhere(random) })),
    list('by a Field of few texts', (random) => ({ OrderBy: 'Field.dataset', Offset: anywhere(random) })),
    list('1000 rows', (random) => ({ Limit: '1000', Offset: anywhere(random) })),
    list('word in nearly all', (random) => ({ q: random.pick(lists) })),
    list('the same, deep page', (random) => ({ q: random.pick(lists), Offset: String(random.below(count / 2)) })),
    list('the same, by Name', (random) => ({ q: random.pick(lists), OrderBy: 'Name' })),
    list('frequent word', (random) => ({ q: random.pick(frequent) })),
    list('rare word', (random) => ({ q: random.pick(rare) })),
    list('beginning of a name', (random) => ({ q: random.pick(architectures) })),
    list('inside words', (random) => ({ q: random.pick(parts) })),
    list('two words', (random) => ({ q: `${random.pick(frequent)} ${random.pick(lists)}` })),
    list('four words', (random) => ({
      q: `${random.pick(architectures)} ${random.pick(frequent)} ${random.pick(lists)} ${random.pick(letters)}`,
    })),
    list('one letter', (random) => ({ q: random.pick(letters) })),
    list('two letters', (random) => ({ q: random.pick(letters) + random.pick(letters) })),
    list('three single letters', (random) => ({
      q: [1, 2, 3].map(() => random.pick(letters)).join(' '),
    })),
    list('number in a name', (random) => ({ q: String(random.below(count)) })),
    list('no match', (random) => ({ q: `zq${random.below(1e9)}x` })),
    list('first 8 of a UUID', (random) => ({
      q: random
        .below(2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    })),
    list('word + starred', (random) => ({ q: random.pick(lists), Starred: 'true' })),
    list('word + status + width', (random) => ({ q: random.pick(lists), Status: 'ok', Width: '200-640' })),
    list('word + catalogue', (random) => ({ q: random.pick(frequent), Catalogue: catalogueUuid(random.below(60)) })),
    list('word + Field + by Field', (random) => ({
      ...{ q: random.pick(frequent), 'Field.accuracy': `${random.next().toFixed(2)}-`, OrderBy: '-Field.accuracy' },
    })),
    list('letter + opset + by Name', (random) => ({ q: random.pick(letters), Opset: '10-', OrderBy: 'Name' })),
    list('uncatalogued', (random) => ({ Catalogue: NIL_UUID, Offset: String(random.below(count / 5)) })),
    list('catalogue', (random) => ({ Catalogue: catalogueUuid(random.below(60)) })),
    list('three catalogues', (random) => ({
      LicensedCatalogue: [1, 2, 3].map(() => catalogueUuid(random.below(60))).join(','),
    })),
    list('status', (random) => ({ Status: random.pick(['ok', 'new', 'error']) })),
    list('runs here', (random) => ({ Runs: random.pick(['true', 'false', 'null']), OrderBy: 'Name' })),
    list('source', (random) => ({ SourceName: random.pick(['Hugging Face', 'in house']) })),
    list('width and height', (random) => ({
      Width: `${100 + random.below(300)}-`,
      Height: `-${100 + random.below(600)}`,
    })),
    list('size, deep page', (random) => ({ Size: '100000-', Offset: String(random.below(count / 2)) })),
    list('operator', (random) => ({ Operator: random.pick(['Conv', 'LSTM', 'Einsum']) })),
    list('input option', () => ({ InputProperty: 'image', OutputProperty: 'scores' })),
    list('device', () => ({ RuntimeArch: 'hailo' })),
    list('linked, starred', () => ({ Linked: 'true', Starred: 'true' })),
    list('any duplicate', () => ({ Duplicates: 'any' })),
    list('same bytes', () => ({ Duplicates: 'bytes' })),
    list('same structure', () => ({ Duplicates: 'structure' })),
    list('Field at least', (random) => ({ 'Field.accuracy': `${random.next().toFixed(2)}-` })),
    list('Field text', () => ({ 'Field.dataset': 'coco' })),
    list('Field + by Field, deep', (random) => ({
      ...{ 'Field.accuracy': '0.2-', OrderBy: 'Field.accuracy', Offset: String(random.below(count / 3)) },
    })),
    list('five filters', () => ({
      ...{ Status: 'ok', Runs: 'true', Opset: '9-18', Width: '100-', 'Field.accuracy': '0.5-', OrderBy: 'Name' },
    })),
  ]
}
