import { z } from 'zod'
import { EventKind, FieldChange } from '../../../src-contract/contract/admin/event.ts'
import { DriverDetails, Fields, FunctionStatus } from '../../../src-contract/contract/functions/function.ts'
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
const Time = z.iso.datetime()
const Place = { Path: z.string().nullable(), ModifiedAt: z.number().nullable() }

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
  By: z.string(),
  Summary: z.string(),
  Change: z.array(FieldChange),
})

export const ExportedCatalogue = z.strictObject({ UUID: Uuid, Name: name, Organisation: Uuid, Events: z.array(Event) })
export type ExportedCatalogue = z.infer<typeof ExportedCatalogue>

const ExportedFile = z.strictObject({
  Role: z.enum(['model', 'external', 'original', 'device']),
  Name: z.string().min(1).max(250),
  MimeType: z.string().max(500),
  Size: z.int().nonnegative(),
  Sha256,
  Location: z.string().nullable(),
  ...Place,
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
  History: z.array(
    z.strictObject({ Revision: z.int().positive(), At: Time, By: z.string(), Change: z.array(FieldChange) }),
  ),
  Events: z.array(Event),
  Benchmarks: z.array(z.strictObject({ UUID: Uuid, At: Time, Result: z.json() })),
  /** Without its secret, which has to be given again. */
  Link: z
    .strictObject({
      Kind: z.enum(['EdgeImpulse', 'Url', 'Path']),
      Target: z.string(),
      SyncInformation: z.record(z.string(), z.json()),
    })
    .nullable(),
})
export type ExportedFunction = z.infer<typeof ExportedFunction>

/** The files that a list of changes brought, whatever became of them since. */
export function filesIn(change: readonly FieldChange[]): z.infer<typeof ExportedFile>[] {
  const after = change.find(({ Field }) => Field === 'Files')?.After
  const parsed = z.array(ExportedFile).safeParse(after)
  return parsed.success ? parsed.data : []
}
