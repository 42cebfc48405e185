import { z } from 'zod'
import { Sha256, Timestamp, Uuid } from '../../util/identifiers.ts'
import { JsonValue } from '../../util/json-value.ts'
import { line, markdown, name } from '../../util/text.ts'
import { Dimension, FailureReason } from '../models/inspection.ts'
import { Catalogue } from './catalogue.ts'
import { Organisation } from './organisation.ts'
import { FunctionSource, Licence, SourceKind, Tags } from './source.ts'
import { Truncated } from './truncated.ts'

export const FunctionStatus = z.enum(['new', 'downloading', 'ok', 'error']).meta({
  description:
    'new: no file yet; downloading: a link is being fetched; ok: stored and readable; error: fetch failed, or the file is lost or damaged',
})
export type FunctionStatus = z.infer<typeof FunctionStatus>

/** An in- or output as the cloud reports it: a dynamic axis is 1, non-tensor types have an empty shape (contract.md 2). */
export const NamedTensor = z
  .strictObject({
    DataType: z.string().meta({ description: "ONNX Runtime's word for the element type", examples: ['float'] }),
    Name: z.string().meta({ examples: ['input'] }),
    Shape: z.array(z.number()).meta({ examples: [[1, 1, 224, 224]] }),
  })
  .meta({ id: 'NamedTensor' })
export type NamedTensor = z.infer<typeof NamedTensor>

/** A free map; its size is bounded, for it is held in a row and in every list (contract.md 2, InputDriverDetails). */
export const DriverDetails = z
  .record(z.string().max(200), JsonValue)
  .refine((map) => JSON.stringify(map).length <= 65_536, 'must be at most 65,536 characters of JSON')
  .meta({ description: 'Any map. For the driver `vision`: channels, height, width, means, vars, order' })
export type DriverDetails = z.infer<typeof DriverDetails>

const fieldName = z.string().trim().min(1).max(100)
const fieldValue = z.union([z.string().max(2_000), z.number(), z.boolean()])

/** What `NamedInput` and `NamedOutput` cannot say, in their order: the sizes as the file states them. */
export const StatedShapes = z
  .strictObject({
    Input: z.array(z.array(Dimension).nullable()).meta({ examples: [[['batch', 1, 'height', 'width']]] }),
    Output: z.array(z.array(Dimension).nullable()),
  })
  .meta({
    description:
      "Each in- and output's sizes as stated in the file: a number, a symbol, or null where unspecified; null for the whole where the rank is unknown or it is not a tensor",
  })
export type StatedShapes = z.infer<typeof StatedShapes>

/** What `Runs: false` cannot say. */
export const RunsFailure = z
  .strictObject({
    Reason: FailureReason.meta({
      description:
        'operator, type, kernel: what ONNX Runtime does not have; external: the external weights; invalid: the model; memory, crash; timeout: the check was stopped, so it is unknown whether it runs',
    }),
    Message: z.string().meta({ examples: ['ONNX Runtime has no operator Swish in the domain com.example.'] }),
  })
  .meta({ id: 'RunsFailure', description: 'Why ONNX Runtime did not open it here, as `Runtime` of the inspection' })
export type RunsFailure = z.infer<typeof RunsFailure>

/** How many custom fields a function can have. */
export const MOST_FIELDS = 50

/** A person's own facts about a model: accuracy, dataset, run … (contract.md 6). */
export const Fields = z
  .record(fieldName, fieldValue)
  .refine((fields) => Object.keys(fields).length <= MOST_FIELDS, `must have at most ${MOST_FIELDS} names`)
  .meta({ description: 'Up to 50 custom fields', examples: [{ accuracy: 0.912, dataset: 'ICDAR 2015' }] })
export type Fields = z.infer<typeof Fields>

/** A change of some custom fields. */
export const FieldsUpdate = z.record(fieldName, fieldValue.nullable()).meta({
  description: 'Custom fields to set; null removes one. Other fields are kept',
  examples: [{ accuracy: 0.912, dataset: null }],
})
export type FieldsUpdate = z.infer<typeof FieldsUpdate>

export const DownloadRole = z.enum(['model', 'external', 'original', 'device', 'companion']).meta({
  description:
    'model: the model; external: data that it names; original: the archive that it came in; device: a build for a device; companion: a small ' +
    'file that was with it, such as its card, labels or tokenizer',
})

const Download = z
  .strictObject({
    Role: DownloadRole,
    MimeType: z.string().meta({ examples: ['application/x-onnx'] }),
    Name: z.string().meta({ examples: ['super_resolution.onnx'] }),
    Size: z.int().nonnegative().meta({ description: 'bytes' }),
    Sha256,
    Location: z
      .string()
      .nullable()
      .meta({
        description:
          'Of an external-data file: where the model looks for it, from its own folder; null of every other file',
        examples: ['weights/model.onnx.data'],
      }),
    Url: z.string().meta({ description: 'A path of this API that streams the file' }),
  })
  .meta({ id: 'Download' })

/** A row of `GET /functions` (contract.md 2, List item). */
export const FunctionItem = z
  .strictObject({
    Organisation,
    Catalogues: z.array(Catalogue),
    UUID: Uuid,
    Name: z.string().meta({ examples: ['super_resolution'] }),
    Status: FunctionStatus,
    Alias: z.string(),
    Documentation: z.string(),
    InputDriver: z.string().meta({ examples: ['vision'] }),
    InputDriverDetails: z.record(z.string(), JsonValue),
    OutputDriver: z.string(),
    OutputDriverDetails: z.record(z.string(), JsonValue),
    NamedInput: z.array(NamedTensor),
    NamedOutput: z.array(NamedTensor),
    StatedShapes,
    DeviceCount: z.literal(0),
    UpdatedAt: Timestamp,
    FileSha256: Sha256.nullable().meta({ description: "Of the model's file; null without one" }),
    ContentSha256: Sha256.nullable().meta({
      description:
        'Of all files of the model: equal where all bytes are. Null without a model, and while a file that it names is missing',
    }),
    StructureSha256: Sha256.nullable().meta({
      description: "Of everything but the weights' values: duplicates with different weights share it",
    }),
    Code: z.strictObject({ Size: z.int().nonnegative().meta({ description: 'bytes' }) }),
    TotalSize: z.int().nonnegative().meta({ description: 'bytes of the model and its external-data files' }),
    Path: z.string().nullable().meta({
      description:
        'Where its model was found on this machine; null where it was uploaded, and for who may not administer, as `Paths` is empty',
    }),
    Paths: z.array(z.string()).meta({ description: 'The first 10 of all places where its bytes were found' }),
    PathCount: z.int().nonnegative().meta({ description: 'In how many places its bytes were found' }),
    SyncInformation: z.record(z.string(), JsonValue).meta({ description: '{} unless linked; never a secret' }),
    Source: FunctionSource,
    Licence: z
      .string()
      .nullable()
      .meta({ description: 'SPDX where there is an expression for it', examples: ['Apache-2.0'] }),
    Tags: z.array(z.string()),
    Fields,
    Starred: z.boolean(),
    Runs: z.boolean().nullable().meta({ description: 'null: not checked yet; whether ONNX Runtime opens it here' }),
    RunsFailure: RunsFailure.nullable().meta({ description: 'null unless `Runs` is false' }),
    Truncated,
  })
  .meta({ id: 'FunctionItem' })
export type FunctionItem = z.infer<typeof FunctionItem>
export type WholeFunction = Omit<FunctionItem, 'Truncated'>

/** `GET /function/{uuid}`. */
export const FunctionDetail = FunctionItem.omit({ Truncated: true })
  .extend({
    Paths: z.array(z.string()).meta({ description: 'Every place on this machine where its model was found' }),
    Downloads: z.array(Download),
    Card: z
      .strictObject({
        Name: z.string().meta({ examples: ['README.md'] }),
        Filled: z.array(z.string()).meta({
          description: 'Keys, and custom fields as `Fields.<name>`, that still say what the card said',
          examples: [['Documentation', 'Licence', 'Fields.accuracy']],
        }),
        Problem: z.string().nullable().meta({ description: 'What of the card could not be read' }),
      })
      .nullable()
      .meta({ description: 'What came from the model card among the companions' }),
  })
  .meta({ id: 'FunctionDetail' })
export type FunctionDetail = z.infer<typeof FunctionDetail>

/** By UUID, name, or an object that has the UUID; the cabinet looks names up. */
const catalogues = z
  .array(z.union([z.string().trim().min(1).max(200), z.looseObject({ UUID: Uuid }).transform(({ UUID }) => UUID)]))
  .max(1_000)

/** Where a model comes from, by keys of their own and together as in an answer. */
const source = {
  Name: line(500).nullable(),
  Url: line(2_000).nullable(),
  Kind: SourceKind.nullable(),
  Revision: line(200).nullable(),
  Role: line(200).nullable(),
  Task: line(200).nullable(),
  BaseModel: line(500).nullable(),
}

/** What a person or client may set. `null` for Alias, Documentation and source means empty, as in the document. */
const writable = {
  Alias: line(200).nullable(),
  Documentation: markdown.nullable(),
  InputDriver: line(200),
  InputDriverDetails: DriverDetails,
  OutputDriver: line(200),
  OutputDriverDetails: DriverDetails,
  SourceName: source.Name,
  SourceUrl: source.Url,
  SourceKind: source.Kind,
  SourceRevision: source.Revision,
  SourceRole: source.Role,
  SourceTask: source.Task,
  SourceBaseModel: source.BaseModel,
  Licence: Licence.nullable(),
  Tags,
  Catalogues: catalogues.meta({ description: 'By UUID, name, or object with a `UUID`' }),
  Fields,
  Starred: z.boolean(),
  SetFields: FieldsUpdate.meta({ description: 'Custom fields to set; null removes one. Others are kept' }),
  AddCatalogues: catalogues,
  RemoveCatalogues: catalogues,
  Source: z.strictObject(source).partial().meta({ description: 'The same as `SourceName`, `SourceUrl` and so on' }),
}

/** Keys that only the server writes: accepted where they are as they were, so that GET, change, PATCH works (contract.md 1). */
const ignored = {
  UUID: z.unknown(),
  UpdatedAt: z.unknown(),
  Organisation: z.unknown(),
  Status: z.unknown(),
  NamedInput: z.unknown(),
  NamedOutput: z.unknown(),
  StatedShapes: z.unknown(),
  DeviceCount: z.unknown(),
  FileSha256: z.unknown(),
  ContentSha256: z.unknown(),
  TotalSize: z.unknown(),
  Path: z.unknown(),
  Paths: z.unknown(),
  PathCount: z.unknown(),
  StructureSha256: z.unknown(),
  Code: z.unknown(),
  SyncInformation: z.unknown(),
  Runs: z.unknown(),
  RunsFailure: z.unknown(),
  Downloads: z.unknown(),
  Card: z.unknown(),
  Truncated: Truncated.optional(),
}
const ignoredKeys = z.strictObject(ignored).partial().shape

/** A row of a list, changed and sent back, must not put the beginning of a text in the place of the whole. */
function refuseCut(body: { Truncated?: Truncated | undefined }, context: z.RefinementCtx): void {
  for (const key of Object.keys(body.Truncated ?? {})) {
    if (Object.hasOwn(writable, key) && Object.hasOwn(body, key)) {
      const message = 'is cut in the list that this object comes from; get the function by itself, or leave it out'
      context.addIssue({ code: 'custom', path: [key], message, input: body })
    }
  }
}

type IgnoredKey = keyof typeof ignored

type ServerKeys = { ServerKeys?: Record<string, unknown> }
type Given = { Source?: object | undefined }

/** What is said of the server's own keys is put aside, to be compared with what they are, and `Source` is taken apart. */
function divided<Body extends Given>(body: Body): Omit<Body, IgnoredKey | 'Source'> & ServerKeys {
  const kept = { ...body }
  const { Source = {} } = body
  const aside = Object.fromEntries(Object.entries(body).filter(([key]) => Object.hasOwn(ignored, key)))
  for (const [name, value] of Object.entries(Source)) {
    const key = `Source${name}`
    if (!Object.hasOwn(body, key)) Reflect.set(kept, key, value)
    // A script that read the object and changes `SourceName` leaves `Source` as it was.
    else if (Reflect.get(body, key) !== value) aside.Source = Source
  }
  for (const key of [...Object.keys(ignored), 'Source']) Reflect.deleteProperty(kept, key)
  return Object.keys(aside).length > 0 ? Object.assign(kept, { ServerKeys: aside }) : kept
}

/** The body of PATCH: keys that are present change; `Fields` changes by key, any other map is replaced whole (contract.md 1). */
export const FunctionUpdate = z
  .strictObject({ Name: name, ...writable, Fields: FieldsUpdate })
  .partial()
  .extend(ignoredKeys)
  .superRefine(refuseCut)
  .transform(divided)
  .meta({ id: 'FunctionUpdate' })
export type FunctionUpdate = z.infer<typeof FunctionUpdate>

/** The body of POST in JSON: name and drivers are required (contract.md 4). */
export const FunctionCreate = z
  .strictObject({ Name: name, ...writable })
  .partial()
  .required({ Name: true, InputDriver: true, InputDriverDetails: true, OutputDriver: true, OutputDriverDetails: true })
  .extend(ignoredKeys)
  .superRefine(refuseCut)
  .transform(divided)
  .meta({ id: 'FunctionCreate' })
export type FunctionCreate = z.infer<typeof FunctionCreate>
