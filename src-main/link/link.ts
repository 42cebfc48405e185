import { z } from 'zod'
import type { CabinetEvent } from '../../src-contract/contract/admin/event.ts'
import { BridgeRequest, BridgeResponse, type Endpoint, FilePath } from '../../src-contract/contract/desktop/bridge.ts'
import { defineTask } from '../processes/pool/task.ts'

/** A way into a cabinet for the main process: over the channel to its own child, or over HTTP to a running `serve`. */
export interface CabinetLink {
  readonly endpoint: Endpoint
  /** @throws Problem `unavailable` where the cabinet ended before it answered */
  request(request: BridgeRequest, signal: AbortSignal): Promise<BridgeResponse>
  /** Streams a GET of the API into a file that does not exist yet. @throws Problem for every answer but 200 */
  save(download: Save, signal: AbortSignal): Promise<void>
  onEvent(listener: (event: CabinetEvent) => void): () => void
}

export const Save = z.object({ path: BridgeRequest.shape.path, destination: FilePath })
export type Save = z.infer<typeof Save>

/** What the main process asks of the cabinet's process. */
export const linkTasks = {
  request: defineTask({ name: 'request', argument: BridgeRequest, result: BridgeResponse }),
  save: defineTask({ name: 'save', argument: Save, result: z.null() }),
} as const
