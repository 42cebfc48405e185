import { z } from 'zod'
import type { CabinetEvent } from '../../src-contract/contract/admin/event.ts'
import {
  BridgeRequest,
  BridgeResponse,
  type Endpoint,
  FilePath,
  ImportResult,
} from '../../src-contract/contract/desktop/bridge.ts'
import { Uuid } from '../../src-contract/util/identifiers.ts'
import { defineTask } from '../processes/pool/task.ts'

/** A way into a cabinet for the main process: over the channel to its own child, or over HTTP to a running `serve`. */
export interface CabinetLink {
  readonly endpoint: Endpoint
  /** @throws Problem `unavailable` where the cabinet ended before it answered */
  request(request: BridgeRequest, signal: AbortSignal): Promise<BridgeResponse>
  /** Imports one file by its path; never throws for a file that is refused. */
  importFile(file: ImportFile, signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<ImportResult>
  /** Streams a GET of the API into a file that does not exist yet. @throws Problem for every answer but 200 */
  save(download: Save, signal: AbortSignal): Promise<void>
  onEvent(listener: (event: CabinetEvent) => void): () => void
}

/** Bytes read so far, and of how many. */
export const Progress = z.object({ done: z.number().nonnegative(), total: z.number().nonnegative() })
export type Progress = z.infer<typeof Progress>

export const ImportFile = z.object({ path: FilePath, name: z.string().optional(), catalogue: Uuid.optional() })
export type ImportFile = z.infer<typeof ImportFile>

export const Save = z.object({ path: BridgeRequest.shape.path, destination: FilePath })
export type Save = z.infer<typeof Save>

/** What the main process asks of the cabinet's process. */
export const linkTasks = {
  request: defineTask({ name: 'request', argument: BridgeRequest, result: BridgeResponse }),
  importFile: defineTask({ name: 'import-file', argument: ImportFile, result: ImportResult, progress: Progress }),
  save: defineTask({ name: 'save', argument: Save, result: z.null() }),
} as const
