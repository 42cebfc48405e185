import { z } from 'zod'
import { EventKind, FieldChange } from '../../../src-contract/contract/admin/event.ts'
import {
  DownloadRole,
  DriverDetails,
  Fields,
  FunctionStatus,
} from '../../../src-contract/contract/functions/function.ts'
import { Licence, SourceKind, Tags } from '../../../src-contract/contract/functions/source.ts'
import { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { fillIn } from '../../../src-contract/util/fill-in.ts'
import { Sha256, Uuid } from '../../../src-contract/util/identifiers.ts'
import { line, markdown, name } from '../../../src-contract/util/text.ts'

/*
 * What an export is made of: a zip archive with `manifest.json`, then `organisations.jsonl`, `catalogues.jsonl` and `functions.jsonl`
 * with one object a line, then each file under `files/<SHA-256>`. The manifest of a cut-off export may be read, its list of contents not:
 * that stands at the end of a zip archive.
 */

export const EXPORT_VERSION = 1
/** Entries of the archive, and bytes of a line, beyond which an export is none that a cabinet wrote. */
export const MOST_EXPORTED_FILES = 3_000_000
export const MOST_LINE_BYTES = 128 * 1024 * 1024

const Time = z.iso.datetime()

export const ExportManifest = z.object({
  Format: z.literal('model-cabinet-export'),
  Version: z.int().positive(),
  MadeAt: Time,
  Organisation: Uuid,
  Functions: z.int().nonnegative(),
  Files: z.int().nonnegative(),
  /** Digests of files that were lost or damaged when the export was made. */
  Missing: z.array(Sha256),
})
export type ExportManifest = z.infer<typeof ExportManifest>

export const ExportedOrganisation = z.strictObject({ UUID: Uuid, Name: name })

const Event = z.strictObject({
  At: Time,
  Kind: EventKind,
  By: line(300),
  Summary: z.string().max(20_000),
  Change: z.array(FieldChange),
})

export const ExportedCatalogue = z.strictObject({ UUID: Uuid, Name: name, Organisation: Uuid, Events: z.array(Event) })
export type ExportedCatalogue = z.infer<typeof ExportedCatalogue>

/** Where a model names its data: below its own folder. */
const Location = z
  .string()
  .min(1)
  .max(4_096)
  .refine((path) => !/^[/\\]|^[a-z]:|\0/i.test(path) && !path.split(/[/\\]/).includes('..'), 'leads out of the folder')

/**
 * A file's bytes are in the export or nowhere: a path is of the machine that exported, and one of another machine that names a file here might
 * name any file of this person's, which the next export would give away.
 */
const ExportedFile = z.strictObject({
  Role: DownloadRole,
  Name: z
    .string()
    .min(1)
    .max(250)
    .refine((file) => !/[/\\\0]/.test(file), 'is not the name of a file'),
  MimeType: z.string().max(500),
  Size: z.int().nonnegative(),
  Sha256,
  Location: Location.nullable(),
  Path: z.unknown().transform(() => null),
  ModifiedAt: z.unknown().transform(() => null),
})

/** What of a function history restores; see `FunctionState`. */
const State = z.strictObject({
  Name: name,
  Alias: line(200),
  Documentation: markdown,
  InputDriver: line(200),
  InputDriverDetails: DriverDetails,
  OutputDriver: line(200),
  OutputDriverDetails: DriverDetails,
  SourceName: line(500).nullable(),
  SourceUrl: line(2_000).nullable(),
  SourceKind: SourceKind.nullable().default(null),
  SourceRevision: line(200).nullable().default(null),
  SourceRole: line(200).nullable().default(null),
  SourceTask: line(200).nullable().default(null),
  SourceBaseModel: line(500).nullable().default(null),
  Licence: Licence.nullable().default(null),
  Tags: Tags.default([]),
  Catalogues: z.array(Uuid),
  Fields,
  Starred: z.boolean(),
  Files: z.array(ExportedFile),
})

/** What stands in history beside the state, such as when a function was deleted. */
const Plain = z.union([z.null(), z.boolean(), z.number(), z.string().max(20_000)])

/** The states that a function had, which a restored revision takes on: each value is one that the function may have now. */
const Revision = z
  .strictObject({ Revision: z.int().positive(), At: Time, By: line(300), Change: z.array(FieldChange) })
  .transform((revision, context) => ({
    ...revision,
    Change: revision.Change.map(({ Field, Before, After }) => {
      const schema = new Map<string, z.ZodType>(Object.entries(State.shape)).get(Field)
      const checked = (value: unknown) => {
        // Before its first revision a function had no values.
        if (value === null && revision.Revision === 1) return null
        const { success, data, error } = (schema ?? Plain).safeParse(value)
        if (!success) context.addIssue({ code: 'custom', message: `${Field}: ${error.issues[0]?.message}` })
        return z.json().parse(success ? data : null)
      }
      return { Field, Before: checked(Before), After: checked(After) }
    }),
  }))

/** Without its secret, which has to be given again. A link to a file is one of the other machine, and none here. */
const Link = z
  .strictObject({
    Kind: z.enum(['EdgeImpulse', 'Url', 'Path']),
    Target: z.string().max(5_000),
    SyncInformation: z.record(z.string(), z.json()),
  })
  .transform(({ Kind, Target }) => {
    if (Kind === 'Url' && /^https?:\/\//i.test(Target) && URL.canParse(Target))
      return { Kind, Target, SyncInformation: {} }
    return Kind === 'EdgeImpulse' && /^[1-9]\d{0,14}$/.test(Target) ? { Kind, Target, SyncInformation: {} } : null
  })

export const ExportedFunction = z.strictObject({
  UUID: Uuid,
  Organisation: Uuid,
  Revision: z.int().positive(),
  Status: FunctionStatus,
  InsertedAt: Time,
  UpdatedAt: Time,
  DeletedAt: Time.nullable(),
  State,
  /** As an older version wrote it where that made the export. */
  Inspection: z.unknown().transform((report) => (report === null ? null : fillIn(Inspection, report))),
  /** What its model card filled in. */
  Card: z
    .strictObject({ Name: z.string(), Problem: z.string().nullable(), Values: z.record(z.string(), z.string()) })
    .nullable()
    .default(null),
  History: z.array(Revision),
  Events: z.array(Event),
  Benchmarks: z.array(z.strictObject({ UUID: Uuid, At: Time, Result: z.json() })),
  Link: Link.nullable(),
})
/** As it is read; whoever writes one gives what the schema takes in. */
export type ExportedFunction = z.output<typeof ExportedFunction>
export type WrittenFunction = z.input<typeof ExportedFunction>

/** The files that a list of changes brought, whatever became of them since. */
export function filesIn(change: readonly FieldChange[]): z.infer<typeof ExportedFile>[] {
  const after = change.find(({ Field }) => Field === 'Files')?.After
  const parsed = z.array(ExportedFile).safeParse(after)
  return parsed.success ? parsed.data : []
}
