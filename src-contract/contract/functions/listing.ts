import { z } from 'zod'
import { Sha256, Uuid } from '../../util/identifiers.ts'
import { FailureReason } from '../models/inspection.ts'
import { FunctionStatus } from './function.ts'
import { fieldOfTerm, orderTerms } from './order-terms.ts'
import { wholeNumber } from './page.ts'

/** Repeated keys or comma separated (contract.md 3). */
const uuids = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => [value].flat().flatMap((part) => part.split(',')))
  .pipe(z.array(Uuid).min(1).max(1_000))

/** An inclusive range; null is open. */
export type Range = { minimum: number | null; maximum: number | null }

const number = String.raw`\d+(?:\.\d+)?`

/** `200-` at least, `-200` at most, `100-200` between, `200` equal, all inclusive (contract.md 3). */
export const Range = z.string().transform((text, context): Range => {
  const match = new RegExp(`^(${number})?(-)?(${number})?$`).exec(text)
  const [, from, dash, to] = match ?? []
  const minimum = from === undefined ? null : Number(from)
  const maximum = to === undefined ? (dash ? null : minimum) : Number(to)
  if (!match || (minimum === null && maximum === null) || (minimum !== null && maximum !== null && minimum > maximum)) {
    context.addIssue('must be a size such as 200, 200-, -200 or 100-200')
    return z.NEVER
  }
  return { minimum, maximum }
})

export const orderColumns = ['Name', 'UpdatedAt', 'InsertedAt', 'Size', 'Structure', 'File'] as const

/** One column of an order: a column of the document, or a person's own field (`Field.accuracy`, contract.md 6). */
export type OrderTerm = { column: (typeof orderColumns)[number] | `Field.${string}`; descending: boolean }

/** The order of a list that asks for none. */
export const newestFirst = { column: 'UpdatedAt', descending: true } as const satisfies OrderTerm

/** `Name,-UpdatedAt`: a `-` in front reverses, several separated by commas (contract.md 3). */
export const OrderBy = z.string().transform((text, context): OrderTerm[] => {
  const terms: OrderTerm[] = []
  for (const part of orderTerms(text)) {
    const descending = part.startsWith('-')
    const word = descending ? part.slice(1) : part
    const column = orderColumns.find((known) => known === word)
    if (column) terms.push({ column, descending })
    else if (word.startsWith('Field.') && word.length > 6)
      terms.push({ column: `Field.${fieldOfTerm(word)}`, descending })
    else {
      context.addIssue(
        `must be ${orderColumns.join(', ')} or Field.<name>, with "-" in front to reverse; "${part.slice(0, 40)}" is none of them`,
      )
      return z.NEVER
    }
  }
  if (new Set(terms.map(({ column }) => column)).size !== terms.length || terms.length > 8) {
    context.addIssue('must name each column once')
    return z.NEVER
  }
  return terms
})

/** The query of `GET /functions` (contract.md 3). `Field.<name>=…` comes beside it, read by `fieldFilters`. */
export const FunctionQuery = z
  .strictObject({
    Offset: wholeNumber(0, 1_000_000_000_000).meta({ description: 'Number of items to skip (base 0)' }),
    Limit: wholeNumber(1, 1_000).meta({ description: 'Number of items to return; without it every match is streamed' }),
    OrderBy: OrderBy.meta({
      description:
        '`Name`, `UpdatedAt`, `InsertedAt`, `Size`, `Structure` (groups duplicates), `File` (groups files with the same bytes) or `Field.<name>`; `-` reverses, commas separate; one inside the name of a field is written `\\,`. Names go without case and by the value of numbers; fields: numbers, then texts, missing ones last. Without it: newest first, or best match first',
    }),
    q: z.string().max(1_000).meta({
      description:
        'Search text: every word must be found, from 3 letters on anywhere inside words, shorter ones at their beginning; case and accents do not matter. Also the first 8 digits of a UUID',
    }),
    Status: FunctionStatus,
    Catalogue: Uuid.meta({ description: 'In this catalogue; the nil UUID: in none' }),
    LicensedCatalogue: uuids.meta({ description: 'In any of these catalogues' }),
    Functions: uuids,
    SourceName: z.string(),
    SourceUrl: z.string(),
    Width: Range,
    Height: Range,
    RuntimeArch: z.string().meta({ description: 'Has a download for this device: cpu, hailo, mxa …' }),
    OutputProperty: z.string().meta({ description: 'Has an output of this option' }),
    InputProperty: z.string().meta({ description: 'Has an input of this option' }),
    Starred: z.enum(['true', 'false']).transform((value) => value === 'true'),
    Runs: z.enum(['true', 'false', 'null']).meta({ description: 'Runs here, does not, or was not checked yet' }),
    RunsFailure: FailureReason.meta({ description: 'Does not run here for this reason, as `RunsFailure` says it' }),
    Attention: z.enum(['true']).meta({
      description:
        'What a person should look at: the file could not be fetched, is lost or damaged, or does not run here',
    }),
    Operator: z.string().meta({ description: 'Uses this operator type; case does not matter' }),
    Size: Range.meta({ description: 'File size in bytes' }),
    Opset: Range.meta({ description: "The default domain's opset version" }),
    Linked: z.enum(['true', 'false']).transform((value) => value === 'true'),
    Duplicates: z.enum(['any', 'bytes', 'structure']).meta({
      description: 'Shares with another function its bytes, its structure but not its bytes, or `any` of the two',
    }),
    Sha256: Sha256.meta({ description: "The SHA-256 of the model's file" }),
    SameBytesAs: Uuid.meta({ description: 'Another function than this one, with the same file' }),
    SameStructureAs: Uuid.meta({
      description: 'Another function than this one, with the same structure and another file',
    }),
  })
  .partial()
export type FunctionQuery = z.infer<typeof FunctionQuery>

/** A filter on a person's own field (contract.md 6): a number matches by `range`, a text or a truth value by `text`. */
export type FieldFilter = { name: string; range: Range | null; text: string }

/** What a function has in common with another: all of its bytes, or its structure with other weights. */
export type DuplicateKind = 'bytes' | 'structure'

/** A query with the filters on a person's own fields taken out of `Field.<name>` keys. */
export type ListingQuery = FunctionQuery & { fieldFilters?: FieldFilter[] }

const signed = String.raw`-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`
const one = new RegExp(`^${signed}$`)
const between = new RegExp(`^(${signed})?-(${signed})?$`)

/**
 * Reads `Field.<name>=<text>`: `0.9-`, `-0.9`, `0.8-0.9` and `0.9` are ranges of numbers, and every text is also matched as it
 * stands. Bounds may be negative; as everywhere, `-0.5` means at most 0.5, and `--0.5` at most -0.5.
 */
export function readFieldFilter(name: string, text: string): FieldFilter {
  return { name, range: fieldRange(text), text }
}

function fieldRange(text: string): Range | null {
  if (one.test(text) && !text.startsWith('-')) return { minimum: Number(text), maximum: Number(text) }
  const [found, from, to] = between.exec(text) ?? []
  if (found === undefined || (from === undefined && to === undefined)) return null
  return { minimum: from === undefined ? null : Number(from), maximum: to === undefined ? null : Number(to) }
}

/** The largest total that a search counts exactly (contract.md 3). */
export const SEARCH_COUNT_LIMIT = 10_000
