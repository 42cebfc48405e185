import type { FunctionStatus } from '../../../src-contract/contract/functions/function.ts'
import type { SourceKind } from '../../../src-contract/contract/functions/source.ts'
import type { FailureReason } from '../../../src-contract/contract/models/inspection.ts'

/** What a list is filtered, searched and ordered by, of one function that is not in the trash. */
export type ListRecord = {
  id: number
  uuid: string
  name: string
  alias: string
  documentation: string
  status: FunctionStatus
  sourceName: string | null
  sourceUrl: string | null
  sourceKind: SourceKind | null
  task: string | null
  baseModel: string | null
  licence: string | null
  tags: readonly string[]
  /** Of the model and of what it came in. */
  fileNames: readonly string[]
  /** What the model says of itself, as one text. */
  modelText: string
  inputNames: readonly string[]
  outputNames: readonly string[]
  operatorTypes: readonly string[]
  /** Option names of the inputs and outputs (contract.md 2). */
  inputOptions: readonly string[]
  outputOptions: readonly string[]
  /** UUIDs. */
  catalogues: readonly string[]
  /** What it has downloads for: cpu, hailo … */
  devices: readonly string[]
  starred: boolean
  /** Whether ONNX Runtime opens it here; null before the check. */
  runs: boolean | null
  /** Why it does not; null where it does, or nobody knows. */
  failure: FailureReason | null
  linked: boolean
  /** Bytes. */
  size: number
  width: number | null
  height: number | null
  /** Of the default domain. */
  opset: number | null
  fileSha256: string | null
  /** Of the model with all its files; while one of those is missing, a text that no other function has. */
  contentSha256: string | null
  /** Where its model was found; none where it was uploaded. */
  paths: readonly string[]
  structureSha256: string | null
  /** ISO 8601 in UTC with milliseconds. */
  insertedAt: string
  updatedAt: string
  fields: Readonly<Record<string, string | number | boolean>>
}
