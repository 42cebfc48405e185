import { z } from 'zod'
import { Sha256, Uuid } from '../../util/identifiers.ts'
import { line } from '../../util/text.ts'
import { FailureReason } from '../models/inspection.ts'
import type { FieldFilter } from './field-filter.ts'
import { FunctionStatus } from './function.ts'
import { OptionName, options } from './option.ts'
import { fieldOfTerm, orderTerms } from './order-terms.ts'
import { wholeNumber } from './page.ts'
import { Range } from './range.ts'
import { Since } from './since.ts'

/** Repeated keys or comma separated (contract.md 3). */
const uuids = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => [value].flat().flatMap((part) => part.split(',')))
  .pipe(z.array(Uuid).min(1).max(1_000))
  .meta({ type: 'array', items: { type: 'string', format: 'uuid' }, minItems: 1, maxItems: 1_000 })

const trueOrFalse = z.enum(['true', 'false']).transform((value) => value === 'true')

/** A text to be found; a blank one is a mistake. */
const sought = line(4_096).refine((text) => text.trim() !== '', 'must not be empty')

export const orderColumns = ['Name', 'UpdatedAt', 'InsertedAt', 'Size', 'Structure', 'File'] as const

/** One column of an order: a column of the document, or a custom field (`Field.accuracy`, contract.md 6). */
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

const optionOf = (kind: 'input' | 'output') => z.enum(OptionName.options.filter((name) => options[name].kind === kind))

/** The query of `GET /functions` (contract.md 3). What comes with a prefix is read by `FunctionListing`. */
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
        'Search text: every word must be found, in names from 2 letters on anywhere, elsewhere from 3 letters on; shorter ones where a word begins, which is also at a capital and between letters and digits. Case and accents do not matter. Also the first 8 digits of a UUID',
    }),
    Status: FunctionStatus,
    Catalogue: Uuid.meta({ description: 'In this catalogue; the nil UUID: in none' }),
    LicensedCatalogue: uuids.meta({ description: 'In any of these catalogues' }),
    Functions: uuids.meta({ description: 'One of these' }),
    SourceName: z.string().meta({ description: 'Exactly this name of the source' }),
    SourceUrl: z.string().meta({ description: 'Exactly this address of the source' }),
    Source: sought.meta({ description: 'Comes from a source of this kind or name; case does not matter' }),
    Licence: sought.meta({ description: 'Has this licence; case does not matter' }),
    Tag: z
      .union([z.string(), z.array(z.string())])
      .transform((value) => [value].flat().flatMap((part) => part.split(',')))
      .refine((tags) => tags.every((tag) => tag.trim() !== ''), 'must not be empty')
      .meta({
        type: 'array',
        items: { type: 'string' },
        description: 'Has this tag, or all of several; case does not matter',
      }),
    Path: sought.meta({
      description:
        'Was found in this folder, when it is an absolute path, or at a path with this text in it; case does not matter. Admin tokens only',
    }),
    Width: Range.meta({ description: 'Pixels of the image-like input' }),
    Height: Range.meta({ description: 'Pixels of the image-like input' }),
    RuntimeArch: z.string().meta({ description: 'Has a download for this device: cpu, hailo, mxa …' }),
    OutputProperty: optionOf('output').meta({ description: 'Has an output of this option' }),
    InputProperty: optionOf('input').meta({ description: 'Has an input of this option' }),
    Starred: trueOrFalse.meta({ description: 'Has a star, or has none' }),
    Runs: z.enum(['true', 'false', 'null']).meta({ description: 'Runs here, does not, or was not checked yet' }),
    RunsFailure: FailureReason.meta({ description: 'Does not run here for this reason, as `RunsFailure` says it' }),
    Attention: z.enum(['true']).meta({
      description:
        'What a person should look at: the file could not be fetched, is lost or damaged, or does not run here',
    }),
    Operator: z.string().meta({ description: 'Uses this operator type; case does not matter' }),
    Size: Range.meta({ description: 'Bytes of the model with its external-data files' }),
    Opset: Range.meta({ description: "The default domain's opset version" }),
    InsertedSince: Since.meta({
      description:
        'Added at or after a date (2026-01-31), a time (2026-01-31T12:00:00Z), or in a period up to now (12h, 7d, 2w)',
    }),
    UpdatedSince: Since.meta({ description: 'Changed at or after a date, a time, or in a period up to now' }),
    Linked: trueOrFalse.meta({ description: 'Comes from a link, or does not' }),
    Duplicates: z.enum(['any', 'bytes', 'structure']).meta({
      description:
        'bytes: shares them with another function, or has them at several paths; structure: shares it, but not the bytes; any: either',
    }),
    Sha256: Sha256.meta({ description: "The SHA-256 of the model's file" }),
    SameBytesAs: Uuid.meta({ description: 'Another function than this one, with the same bytes in all of its files' }),
    SameStructureAs: Uuid.meta({
      description: 'Another function than this one, with the same structure and other bytes',
    }),
  })
  .partial()
export type FunctionQuery = z.infer<typeof FunctionQuery>

/** What a function has in common with another: all of its bytes, or its structure with other weights. */
export type DuplicateKind = 'bytes' | 'structure'

/** The parts that a function may lack, besides its custom fields. */
export const functionParts = [
  'Alias',
  'Catalogue',
  'Documentation',
  'Fields',
  'File',
  'Licence',
  'Source',
  'Tags',
] as const
export type FunctionPart = (typeof functionParts)[number]

/** A filter `Has.<part>=true` or `false`. */
export type PartFilter = { part: FunctionPart | `Field.${string}`; present: boolean }

/** A whole query: besides what the document names the filters by prefix, `Field.`, `Has.` and `Not.`. */
export type ListingQuery = FunctionQuery & {
  fieldFilters?: FieldFilter[]
  parts?: PartFilter[]
  /** Queries of one filter each; what passes any of them is left out. */
  excluded?: ListingQuery[]
  /** Whether the search leaves out paths, since the caller may not see them: what is found would say what they are. */
  hidesPaths?: boolean
  /** Whether what is in the trash is meant, and nothing else. */
  inTrash?: boolean
}

/** The largest total that a search counts exactly (contract.md 3). */
export const SEARCH_COUNT_LIMIT = 10_000
