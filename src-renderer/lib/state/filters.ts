import type { FunctionPart } from '../../../src-contract/contract/functions/listing.ts'
import { type OptionName, options } from '../../../src-contract/contract/functions/option.ts'
import { Range } from '../../../src-contract/contract/functions/range.ts'
import { NIL_UUID } from '../../../src-contract/util/identifiers.ts'
import { plural, shortBytes } from '../../../src-contract/words/human-number.ts'

/** A value that a filter may take, in words. */
type Choice = { value: string; label: string }

/** How a filter is set: one of a few, a range of numbers (in `unit`, `scale` of which are one of the API's), a word, a time … */
type FilterKind =
  | { kind: 'choice'; choices: readonly Choice[] }
  | { kind: 'catalogue' }
  | { kind: 'range'; unit: string; scale: number }
  | { kind: 'text'; placeholder: string }
  | { kind: 'since' }
  | { kind: 'has' }
  | { kind: 'field' }

/** A filter of the list: the API's parameter and its words. */
export type FilterDefinition = { name: string; label: string } & FilterKind

const optionChoices = (kind: 'input' | 'output'): Choice[] =>
  Object.entries(options)
    .filter(([, option]) => option.kind === kind)
    .map(([value, { label }]) => ({ value, label: label.replace(/ input$/, '') }))

const MEGABYTE = 1_000_000

export const filterDefinitions: readonly FilterDefinition[] = [
  {
    name: 'Runs',
    label: 'Runs here',
    kind: 'choice',
    choices: [
      { value: 'true', label: 'yes' },
      { value: 'false', label: 'no' },
      { value: 'null', label: 'not checked yet' },
    ],
  },
  {
    name: 'RunsFailure',
    label: 'Does not run because of',
    kind: 'choice',
    choices: [
      { value: 'operator', label: 'a missing operator' },
      { value: 'type', label: 'an element type' },
      { value: 'kernel', label: 'a missing kernel' },
      { value: 'external', label: 'its external weights' },
      { value: 'invalid', label: 'an invalid file' },
      { value: 'memory', label: 'too little memory' },
      { value: 'crash', label: 'a crash' },
      { value: 'timeout', label: 'a check that timed out' },
    ],
  },
  {
    name: 'Status',
    label: 'Status',
    kind: 'choice',
    choices: [
      { value: 'ok', label: 'stored and readable' },
      { value: 'error', label: 'lost, damaged or not fetched' },
      { value: 'downloading', label: 'downloading' },
      { value: 'new', label: 'no file yet' },
    ],
  },
  { name: 'Catalogue', label: 'Catalogue', kind: 'catalogue' },
  { name: 'InputProperty', label: 'Input is', kind: 'choice', choices: optionChoices('input') },
  { name: 'OutputProperty', label: 'Output is', kind: 'choice', choices: optionChoices('output') },
  { name: 'Width', label: 'Width', kind: 'range', unit: 'px', scale: 1 },
  { name: 'Height', label: 'Height', kind: 'range', unit: 'px', scale: 1 },
  { name: 'Size', label: 'Size', kind: 'range', unit: 'MB', scale: MEGABYTE },
  { name: 'Opset', label: 'Opset', kind: 'range', unit: '', scale: 1 },
  { name: 'Operator', label: 'Uses operator', kind: 'text', placeholder: 'Conv' },
  { name: 'Source', label: 'Source is', kind: 'text', placeholder: 'hugging-face, or the name of a source' },
  { name: 'Licence', label: 'Licence is', kind: 'text', placeholder: 'Apache-2.0' },
  { name: 'Tag', label: 'Tagged', kind: 'text', placeholder: 'vision' },
  { name: 'Path', label: 'Found at', kind: 'text', placeholder: 'A folder, or part of a path' },
  {
    name: 'Duplicates',
    label: 'Duplicates',
    kind: 'choice',
    choices: [
      { value: 'any', label: 'of any kind' },
      { value: 'bytes', label: 'same bytes' },
      { value: 'structure', label: 'same structure, different weights' },
    ],
  },
  { name: 'Attention', label: 'Needs attention', kind: 'choice', choices: [{ value: 'true', label: 'yes' }] },
  { name: 'Starred', label: 'Starred', kind: 'choice', choices: [{ value: 'true', label: 'yes' }] },
  { name: 'Linked', label: 'Linked', kind: 'choice', choices: [{ value: 'true', label: 'yes' }] },
  { name: 'InsertedSince', label: 'Added', kind: 'since' },
  { name: 'UpdatedSince', label: 'Changed', kind: 'since' },
  { name: 'Has.', label: 'Has', kind: 'has' },
  { name: 'Field.', label: 'Custom field', kind: 'field' },
  { name: 'Not.q', label: 'Without the words', kind: 'text', placeholder: 'draft' },
]

/** What a filter in the address is of, and whether it leaves out what it finds. */
export function readName(name: string): { base: string; negated: boolean } {
  const negated = name.startsWith('Not.') && !filterDefinitions.some((filter) => filter.name === name)
  return { base: negated ? name.slice('Not.'.length) : name, negated }
}

/** The definition behind a name in the address; names of fields and of what a model has follow a prefix. */
export function definitionOf(name: string): FilterDefinition | undefined {
  const { base } = readName(name)
  return filterDefinitions.find(
    (filter) => filter.name === base || (filter.name.endsWith('.') && base.startsWith(filter.name)),
  )
}

/** What a model may have or lack, besides custom fields by name. */
export const partLabels: Record<FunctionPart, string> = {
  Documentation: 'documentation',
  Source: 'a source',
  Licence: 'a licence',
  Tags: 'tags',
  Catalogue: 'a catalogue',
  Fields: 'custom fields',
  Alias: 'an alias',
  File: 'a file',
}

const labelOfPart = (part: string): string =>
  Object.entries(partLabels).find(([known]) => known === part)?.[1] ?? part.replace(/^Field\./, '')

/** Times that are often asked for. */
export const periods = ['24h', '7d', '30d', '365d'] as const

const units: Record<string, string> = { h: 'hour', d: 'day', w: 'week' }
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

/** *in the last 7 days*, *before 31 Jan 2026*. */
export function sinceWords(value: string, negated = false): string {
  const [, amount, unit = ''] = /^(\d+)([hdw])$/.exec(value) ?? []
  const period = amount !== undefined && plural(Number(amount), units[unit] ?? '')
  if (period) return negated ? `more than ${period} ago` : `in the last ${period}`
  const time = new Date(value)
  return `${negated ? 'before' : 'since'} ${Number.isNaN(time.getTime()) ? value : day.format(time)}`
}

function rangeWords(value: string, word: (limit: number) => string): string {
  const range = Range.safeParse(value)
  if (!range.success) return value
  const { minimum, maximum } = range.data
  if (minimum === null) return maximum === null ? value : `up to ${word(maximum)}`
  if (maximum === null) return `from ${word(minimum)}`
  return minimum === maximum ? word(minimum) : `${word(minimum)} to ${word(maximum)}`
}

/** Filters that a model's own duplicates are looked at by; they are followed, not chosen. */
const duplicateFilters: Record<string, string> = { SameBytesAs: 'Same bytes as', SameStructureAs: 'Same structure as' }

/** A set filter as a sentence in two halves, the second of which may be empty: *Size* *up to 200 MB*, *Status* *not downloading*. */
export function chipWords(name: string, value: string, nameOf: (uuid: string) => string | undefined): [string, string] {
  const filter = definitionOf(name)
  const { base, negated } = readName(name)
  if (filter?.kind === 'has') return [value === 'true' ? 'Has' : 'Has no', labelOfPart(base.slice(filter.name.length))]
  if (filter?.kind === 'since') return [filter.label, sinceWords(value, negated)]
  const [label, word] = plainWords(filter, base, value, nameOf)
  if (!negated) return [label, word]
  // Where there is but one choice, the label says it all.
  return [label, word === '' ? 'no' : `not ${word}`]
}

function plainWords(
  filter: FilterDefinition | undefined,
  name: string,
  value: string,
  nameOf: (uuid: string) => string | undefined,
): [string, string] {
  const duplicates = duplicateFilters[name]
  if (duplicates !== undefined) return [duplicates, nameOf(value) ?? 'another model']
  if (!filter) return [name, value]
  if (filter.kind === 'choice' && filter.choices.length === 1) return [filter.label, '']
  if (filter.kind === 'choice')
    return [filter.label, filter.choices.find((choice) => choice.value === value)?.label ?? value]
  if (filter.kind === 'catalogue') return [filter.label, value === NIL_UUID ? 'none' : (nameOf(value) ?? 'unknown')]
  if (filter.kind === 'field') return [name.slice(filter.name.length), rangeWords(value, String)]
  if (filter.kind === 'range')
    return [
      filter.label,
      rangeWords(value, (limit) =>
        name === 'Size' ? shortBytes(limit) : `${limit}${filter.unit && ` ${filter.unit}`}`,
      ),
    ]
  return [filter.label, value]
}

/** Beyond so many, a product of decimal fractions is not what was typed: 16.1 million is 16100000.000000002. */
const DIGITS = 12

/** A range as the API takes it, from two typed numbers; null where neither says anything, or nothing lies between them. */
export function rangeValue(minimum: string, maximum: string, scale: number): string | null {
  const limit = (text: string) =>
    text.trim() === '' || !Number.isFinite(Number(text))
      ? ''
      : String(Number((Number(text) * scale).toPrecision(DIGITS)))
  const from = limit(minimum)
  const to = limit(maximum)
  if ((from === '' && to === '') || (from !== '' && to !== '' && Number(from) > Number(to))) return null
  return from === to ? from : `${from}-${to}`
}

/** The two numbers of a range of the API as they are typed; empty where it is open. */
export function rangeTexts(value: string, scale: number): [string, string] {
  const range = Range.safeParse(value)
  const text = (limit: number | null | undefined) =>
    limit === null || limit === undefined ? '' : String(limit / scale)
  return [text(range.data?.minimum), text(range.data?.maximum)]
}

/** The word of an option of the name convention. */
export const optionLabel = (name: OptionName): string => options[name].label
