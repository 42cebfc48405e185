import { type FieldFilter, numberOf } from '../../../../src-contract/contract/functions/field-filter.ts'
import type {
  DuplicateKind,
  ListingQuery,
  OrderTerm,
  PartFilter,
} from '../../../../src-contract/contract/functions/listing.ts'
import type { Range } from '../../../../src-contract/contract/functions/range.ts'
import { NIL_UUID } from '../../../../src-contract/util/identifiers.ts'
import { fold } from '../../search/fold.ts'
import { readSearch, type SearchPiece, type SearchWord } from '../../search/search-text.ts'
import { searchesInside, type Word, wordsOf } from '../../search/words.ts'
import type { ListRecord } from '../list-record.ts'
import { nameKey } from '../name-key.ts'

type Page = { uuids: string[]; total: number; capped: boolean }
type Compare = (a: ListRecord, b: ListRecord) => number

/** The list of contract.md 3 in the slowest and most obvious way, to hold the real one against. */
export function referenceList(records: readonly ListRecord[], query: ListingQuery, countLimit: number): Page {
  const pieces = readSearch(query.q ?? '')
  const matches = records.filter((one) => passes(one, records, query))
  const capped = pieces.length > 0 && matches.length > countLimit
  const order = [...matches].sort(orderOf(query, pieces, matches, capped))
  const from = query.Offset ?? 0
  const rows = order.slice(from, query.Limit === undefined ? undefined : from + query.Limit)
  return { uuids: rows.map(({ uuid }) => uuid), total: capped ? countLimit : matches.length, capped }
}

function passes(one: ListRecord, all: readonly ListRecord[], query: ListingQuery): boolean {
  const inCatalogue = (uuid: string) =>
    uuid === NIL_UUID ? one.catalogues.length === 0 : one.catalogues.includes(uuid)
  const isDuplicateOf = (uuid: string, kind: DuplicateKind) =>
    all.some((other) => other.uuid === uuid && isDuplicate(one, other, kind))
  const tests = [
    query.Status === undefined || one.status === query.Status,
    query.Catalogue === undefined || inCatalogue(query.Catalogue),
    query.LicensedCatalogue?.some(inCatalogue) ?? true,
    query.Functions?.includes(one.uuid) ?? true,
    query.SourceName === undefined || one.sourceName === query.SourceName,
    query.SourceUrl === undefined || one.sourceUrl === query.SourceUrl,
    query.Source === undefined || [one.sourceKind, one.sourceName].some((source) => isWritten(source, query.Source)),
    query.Licence === undefined || isWritten(one.licence, query.Licence),
    query.Tag?.every((sought) => one.tags.some((tag) => isWritten(tag, sought))) ?? true,
    query.Path === undefined || one.paths.some((path) => isAt(path, query.Path ?? '')),
    within(query.Width, one.width),
    within(query.Height, one.height),
    within(query.Size, one.size),
    within(query.Opset, one.opset),
    query.RuntimeArch === undefined || one.devices.includes(query.RuntimeArch),
    query.InputProperty === undefined || one.inputOptions.includes(query.InputProperty),
    query.OutputProperty === undefined || one.outputOptions.includes(query.OutputProperty),
    query.Operator === undefined ||
      one.operatorTypes.some((type) => type.toLowerCase() === query.Operator?.toLowerCase()),
    query.Attention === undefined || one.status === 'error' || one.runs === false,
    query.Starred === undefined || one.starred === query.Starred,
    query.Runs === undefined || String(one.runs) === query.Runs,
    query.RunsFailure === undefined || one.failure === query.RunsFailure,
    query.Linked === undefined || one.linked === query.Linked,
    query.Duplicates === undefined ||
      (query.Duplicates !== 'structure' && one.paths.length > 1) ||
      all.some((other) => kindsOf(query.Duplicates).some((kind) => isDuplicate(one, other, kind))),
    query.Sha256 === undefined || one.fileSha256 === query.Sha256 || one.contentSha256 === query.Sha256,
    query.SameBytesAs === undefined || isDuplicateOf(query.SameBytesAs, 'bytes'),
    query.SameStructureAs === undefined || isDuplicateOf(query.SameStructureAs, 'structure'),
    query.InsertedSince === undefined || Date.parse(one.insertedAt) >= query.InsertedSince,
    query.UpdatedSince === undefined || Date.parse(one.updatedAt) >= query.UpdatedSince,
    ...(query.fieldFilters ?? []).map((filter) => fieldPasses(filter, one)),
    ...(query.parts ?? []).map(({ part, present }) => has(part, one) === present),
    ...readSearch(query.q ?? '').map((piece) => finds(piece, searched(query, one))),
    ...(query.excluded ?? []).map((other) => !passes(one, all, other)),
  ]
  return tests.every(Boolean)
}

const isWritten = (value: string | null, sought: string | undefined) => value?.toLowerCase() === sought?.toLowerCase()

function isAt(path: string, sought: string): boolean {
  const [one, other] = [path, sought].map((text) => text.toLowerCase().split('\\').join('/'))
  if (one === undefined || other === undefined) return false
  if (!/^([a-z]:)?[/]/.test(other)) return one.includes(other)
  const [steps, first] = [one, other].map((text) => text.split('/').filter((step, at) => at === 0 || step !== ''))
  return first?.every((step, at) => steps?.[at] === step) ?? false
}

function within(range: Range | undefined, value: number | null): boolean {
  if (range === undefined) return true
  return value !== null && value >= (range.minimum ?? -Infinity) && value <= (range.maximum ?? Infinity)
}

const kindsOf = (asked: ListingQuery['Duplicates']): DuplicateKind[] =>
  asked === 'any' ? ['bytes', 'structure'] : asked === undefined ? [] : [asked]

function isDuplicate(one: ListRecord, other: ListRecord, kind: DuplicateKind): boolean {
  if (one === other || one.contentSha256 === null) return false
  const sameBytes = one.contentSha256 === other.contentSha256
  if (kind === 'bytes') return sameBytes
  return one.structureSha256 !== null && one.structureSha256 === other.structureSha256 && !sameBytes
}

function fieldPasses({ name, range, text }: FieldFilter, one: ListRecord): boolean {
  const value = Object.hasOwn(one.fields, name) ? one.fields[name] : undefined
  if (typeof value === 'number') return range !== null && within(range, value)
  if (value === undefined) return false
  const isRange = range !== null && range.minimum !== range.maximum
  return fold(String(value)) === fold(text) || (isRange && within(range, numberOf(String(value))))
}

function has(part: PartFilter['part'], one: ListRecord): boolean {
  switch (part) {
    case 'Alias':
      return one.alias !== ''
    case 'Catalogue':
      return one.catalogues.length > 0
    case 'Documentation':
      return one.documentation !== ''
    case 'Fields':
      return Object.keys(one.fields).length > 0
    case 'File':
      return one.fileSha256 !== null
    case 'Licence':
      return one.licence !== null
    case 'Tags':
      return one.tags.length > 0
    case 'Source':
      return one.sourceName !== null || one.sourceUrl !== null
    default:
      return Object.hasOwn(one.fields, part.slice('Field.'.length))
  }
}

/** What a search looks through. */
const searched = ({ hidesPaths }: ListingQuery, one: ListRecord) => (hidesPaths ? { ...one, paths: [] } : one)
const titles = (one: ListRecord) => [one.name, one.alias]
const labels = (one: ListRecord) => {
  const values = Object.values(one.fields).filter((value) => typeof value !== 'boolean')
  return [
    ...one.fileNames,
    ...one.paths,
    one.sourceName ?? '',
    one.sourceUrl?.replace('https://', '') ?? '',
    one.task ?? '',
    one.baseModel ?? '',
    one.licence ?? '',
    ...one.tags,
    ...values.map(String),
  ]
}
const bodies = (one: ListRecord) =>
  [one.documentation, one.modelText, one.inputNames, one.outputNames, one.operatorTypes].flat()

/** 4 for the whole word, 3 for a part of it from one beginning to the next, 2 for a beginning, 1 for its inside; 0 for none. */
function likeness(sought: string, { text, starts }: Word): number {
  if (text === sought) return 4
  const begins = (at: number) => at === text.length || ((starts >> at) & 1) === 1
  const places = [...text].map((_, at) => at).filter((at) => text.startsWith(sought, at))
  return Math.max(0, ...places.map((at) => (!begins(at) ? 1 : begins(at + sought.length) ? 3 : 2)))
}

/** How well the best word of some texts fits. */
function fitIn({ text, ends }: SearchWord, texts: readonly string[], areNames: boolean): number {
  const isInside = (word: Word) =>
    searchesInside(text) || (areNames && ([...text].length > 1 || (ends && word.text.endsWith(text))))
  const fits = texts.flatMap(wordsOf).map((word) => {
    const found = likeness(text, word)
    return found === 1 && !isInside(word) ? 0 : found
  })
  return Math.max(0, ...fits)
}

/** A word in name or alias counts more than any in a label, and that more than any elsewhere. */
function points(sought: SearchWord, one: ListRecord): number {
  const [title, label] = [fitIn(sought, titles(one), true), fitIn(sought, labels(one), true)]
  return title > 0 ? title + 8 : label > 0 ? label + 4 : fitIn(sought, bodies(one), false)
}

const isNamed = ({ uuid }: SearchPiece, one: ListRecord) => uuid !== null && one.uuid.startsWith(uuid)
/** The names that `recordWriter` gives. */
const catalogueNames = (one: ListRecord) => one.catalogues.map((uuid) => `Catalogue ${uuid}`)
const finds = (piece: SearchPiece, one: ListRecord) =>
  isNamed(piece, one) ||
  piece.words.every((word) => points(word, one) > 0 || fitIn(word, catalogueNames(one), true) > 0)

function score(pieces: readonly SearchPiece[], one: ListRecord): number {
  const words = new Map(pieces.flatMap((piece) => piece.words).map((word) => [word.text, word]))
  const named = pieces.some((piece) => isNamed(piece, one)) ? 10_000 : 0
  return named + [...words.values()].reduce((sum, word) => sum + points(word, one), 0)
}

function orderOf(
  query: ListingQuery,
  pieces: readonly SearchPiece[],
  matches: readonly ListRecord[],
  capped: boolean,
): Compare {
  const byUuid: Compare = (a, b) => compareTexts(a.uuid, b.uuid)
  const newest: Compare = (a, b) => compareTexts(b.updatedAt, a.updatedAt)
  if (query.OrderBy) return chain([...query.OrderBy.map(orderTerm), byUuid])
  if (pieces.length === 0 || capped) return chain([newest, byUuid])
  const scores = new Map(matches.map((one) => [one, score(pieces, searched(query, one))]))
  const best: Compare = (a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0)
  const titleWords = (one: ListRecord) =>
    new Set(
      titles(one)
        .flatMap(wordsOf)
        .map(({ text, starts, joined }) => (joined ? '' : `${text} ${starts}`))
        .filter(Boolean),
    ).size
  const shorter: Compare = (a, b) => titleWords(a) - titleWords(b)
  return chain([best, shorter, newest, byUuid])
}

function chain(compares: readonly Compare[]): Compare {
  return (a, b) => compares.reduce((result, compare) => result || compare(a, b), 0)
}

/** Kind of duplicates; those without come first. */
const digestKey = (digest: string | null) => digest?.slice(0, 12) ?? ''

function orderTerm({ column, descending }: OrderTerm): Compare {
  const sign = descending ? -1 : 1
  if (column === 'Name') return (a, b) => sign * compareTexts(nameKey(a.name), nameKey(b.name))
  if (column === 'UpdatedAt') return (a, b) => sign * compareTexts(a.updatedAt, b.updatedAt)
  if (column === 'InsertedAt') return (a, b) => sign * compareTexts(a.insertedAt, b.insertedAt)
  if (column === 'Size') return (a, b) => sign * (a.size - b.size)
  if (column === 'Structure')
    return (a, b) => sign * compareTexts(digestKey(a.structureSha256), digestKey(b.structureSha256))
  if (column === 'File') return (a, b) => sign * compareTexts(digestKey(a.contentSha256), digestKey(b.contentSha256))
  const name = column.slice('Field.'.length)
  return (a, b) => {
    const [x, y] = [a, b].map(({ fields }) => (Object.hasOwn(fields, name) ? fields[name] : undefined))
    // Missing values stand last in both directions.
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined)
    return sign * compareFields(x, y)
  }
}

/** Numbers, and texts that read as such, before texts; truth values are the texts `true` and `false`. */
function compareFields(x: string | number | boolean, y: string | number | boolean): number {
  const [a, b] = [x, y].map((value) => (typeof value === 'number' ? value : numberOf(String(value))))
  const byNumber = Number(Number.isNaN(a)) - Number(Number.isNaN(b)) || (a ?? 0) - (b ?? 0) || 0
  if (byNumber !== 0) return byNumber
  if (typeof x === 'number' || typeof y === 'number')
    return Number(typeof x !== 'number') - Number(typeof y !== 'number')
  return compareTexts(String(x), String(y))
}

const compareTexts = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
