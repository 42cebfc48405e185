import { z } from 'zod'
import { Uuid } from '../../util/identifiers.ts'

/** What passes between the window and the main process. Main checks every argument and every result against these. */

/** Names a request or an import, so that it can be cancelled and its progress told apart. */
export const BridgeId = z.string().min(1).max(64)

export const BridgeRequest = z.strictObject({
  id: BridgeId,
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  path: z
    .string()
    .max(16_384)
    .regex(/^\/(?![/\\])/, 'must be a path of the API that begins with one slash'),
  headers: z.record(z.string().max(100), z.string().max(8_192)),
  body: z.string().max(64_000_000).optional(),
})
export type BridgeRequest = z.infer<typeof BridgeRequest>

export const BridgeResponse = z.strictObject({
  status: z.int().min(200).max(599),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
})
export type BridgeResponse = z.infer<typeof BridgeResponse>

/** An absolute path of this machine, as a file dialog or a drop gave it. */
export const FilePath = z
  .string()
  .min(1)
  .max(32_768)
  .refine((path) => !path.includes('\0'), 'must not hold a NUL character')

/**
 * How the cabinet behind the window is. `restarting`: it ended and is being started again, requests wait for it; `failed`: it does
 * not start, `message` says why.
 */
export const SupervisorState = z.strictObject({
  state: z.enum(['starting', 'ready', 'restarting', 'failed']),
  message: z.string().meta({ description: 'A human-readable sentence; empty when all is well from the start' }),
  restarts: z.int().nonnegative(),
})
export type SupervisorState = z.infer<typeof SupervisorState>

/** Where other programs reach the cabinet. `attached`: another process serves it, this window only looks at it. */
export const Endpoint = z.strictObject({
  url: z.string().nullable().meta({ description: 'null while the cabinet starts, or where no port could be opened' }),
  tokenFile: z.string(),
  dataDirectory: z.string(),
  attached: z.boolean(),
  version: z.string(),
})
export type Endpoint = z.infer<typeof Endpoint>

/** Models that are dragged out of the window: their files follow the pointer to the desktop or into another program. */
export const DraggedOut = z.array(Uuid).min(1).max(100)

/** What came of choosing another data folder; after `changed` the app starts again with it. */
export const DataFolderChoice = z.enum(['kept', 'changed'])
export type DataFolderChoice = z.infer<typeof DataFolderChoice>

/** What is put on the clipboard without the window ever holding the secret. */
export const Credential = z.enum(['token', 'curl'])
export type Credential = z.infer<typeof Credential>

/** The end of a download: `path` is where the file lies, absent when the person closed the dialog. */
export const SavedDownload = z.strictObject({ saved: z.boolean(), path: z.string().optional() })
export type SavedDownload = z.infer<typeof SavedDownload>
