import type { Range } from '../../../src-contract/contract/functions/range.ts'
import { type Bits, clearBit, emptyBits, listBits, setBit } from '../search/bits.ts'
import {
  type Integers,
  type Numbers,
  newIntegers,
  newNumbers,
  pushInteger,
  pushNumber,
} from '../search/growable-array.ts'
import type { ListRecord } from './list-record.ts'
import { nameKey } from './name-key.ts'

/** Single values of each slot, for ranges and for orders. */
export type Columns = {
  id: Numbers
  /** Milliseconds since 1970. */
  updated: Numbers
  inserted: Numbers
  /** Missing ones are NaN, which is in no range. */
  size: Numbers
  width: Numbers
  height: Numbers
  opset: Numbers
  /** How many different words name and alias have. */
  titleWords: Integers
  /** The four quarters of the UUID, each a number that orders as its digits do. */
  uuid: [Integers, Integers, Integers, Integers]
  /** Compare as texts: see `nameKey`. */
  nameKeys: string[]
  /** Every path of a model, for `keepPaths`. */
  pathKeys: string[]
}

const numeric = ['size', 'width', 'height', 'opset'] as const
export type NumberColumn = (typeof numeric)[number]

/** @param expected about how many slots there will be */
export function newColumns(expected: number): Columns {
  const numbers = () => newNumbers(expected)
  const integers = () => newIntegers(expected)
  return {
    id: numbers(),
    updated: numbers(),
    inserted: numbers(),
    size: numbers(),
    width: numbers(),
    height: numbers(),
    opset: numbers(),
    titleWords: integers(),
    uuid: [integers(), integers(), integers(), integers()],
    nameKeys: [],
    pathKeys: [],
  }
}

/** Appends a slot. */
export function addToColumns(columns: Columns, record: ListRecord, titleWords: number): void {
  pushNumber(columns.id, record.id)
  pushNumber(columns.updated, Date.parse(record.updatedAt))
  pushNumber(columns.inserted, Date.parse(record.insertedAt))
  pushInteger(columns.titleWords, titleWords)
  columns.nameKeys.push(nameKey(record.name))
  columns.pathKeys.push(record.paths.map((path) => `\0${pathKey(path)}`).join(''))
  for (const name of numeric) pushNumber(columns[name], record[name] ?? Number.NaN)
  const digits = record.uuid.replaceAll('-', '')
  for (const [at, column] of columns.uuid.entries()) pushInteger(column, ordered(digits.slice(8 * at, 8 * at + 8)))
}

/** 8 hexadecimal digits as an integer that fits in 32 bits with sign and keeps their order. */
function ordered(digits: string): number {
  return Number.parseInt(digits, 16) - 0x80000000
}

export function compareUuids({ uuid }: Columns, a: number, b: number): number {
  for (const { values } of uuid) {
    const difference = (values[a] ?? 0) - (values[b] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** The slots below `slots` whose UUID begins with any of these, each of at least 8 digits. */
export function findUuids(columns: Columns, beginnings: readonly string[], slots: number): Bits {
  const found = emptyBits(slots)
  const byHead = Map.groupBy(beginnings, (beginning) => ordered(beginning.slice(0, 8)))
  const [only] = byHead.size === 1 ? byHead.keys() : []
  const { values } = columns.uuid[0]
  for (let slot = 0; slot < slots; slot++) {
    const head = values[slot] ?? 0
    if (only === undefined ? !byHead.has(head) : head !== only) continue
    const uuid = uuidOf(columns, slot)
    if (byHead.get(head)?.some((beginning) => uuid.startsWith(beginning))) setBit(found, slot)
  }
  return found
}

/** The UUID of the function in a slot. */
export function uuidOf({ uuid }: Columns, slot: number): string {
  const digits = uuid.map(({ values }) => ((values[slot] ?? 0) + 0x80000000).toString(16).padStart(8, '0')).join('')
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    '-',
  )
}

/** Takes out of `bits` the slots whose value is not in the range. */
export function keepRange({ values }: Numbers, { minimum, maximum }: Range, bits: Bits): void {
  const least = minimum ?? Number.NEGATIVE_INFINITY
  const most = maximum ?? Number.POSITIVE_INFINITY
  for (let at = 0; at < bits.length; at++) {
    for (let word = bits[at] ?? 0; word !== 0; word &= word - 1) {
      const slot = (at << 5) + 31 - Math.clz32(word & -word)
      const value = values[slot] ?? Number.NaN
      if (!(value >= least && value <= most)) clearBit(bits, slot)
    }
  }
}

/** Takes out of `bits` the slots of models that were found neither in a folder, given by its absolute path, nor at a path with a text in it. */
export function keepPaths({ pathKeys }: Columns, sought: string, bits: Bits): void {
  const key = pathKey(sought)
  const isAbsolute = key.startsWith('/') || /^[a-z]:\//.test(key)
  const folder = key.replace(/\/+$/, '')
  const isFound = (paths: string) =>
    isAbsolute ? `${paths}\0`.includes(`\0${folder}\0`) || paths.includes(`\0${folder}/`) : paths.includes(key)
  for (const slot of listBits(bits)) if (!isFound(pathKeys[slot] ?? '')) clearBit(bits, slot)
}

const pathKey = (path: string) => path.replaceAll('\\', '/').toLowerCase()
