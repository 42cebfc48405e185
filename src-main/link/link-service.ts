import type { BridgeRequest, BridgeResponse, ImportResult } from '../../src-contract/contract/desktop/bridge.ts'
import { importFile } from './import-file.ts'
import type { ImportFile, Progress, Save } from './link.ts'
import { saveDownload } from './save-download.ts'
import type { Send } from './send.ts'

/** What the window needs of a cabinet, all of it through its API: in the cabinet's own process, or in main over HTTP. */
export function createCabinetLinkService(send: Send) {
  return {
    async request({ method, path, headers, body }: BridgeRequest, signal: AbortSignal): Promise<BridgeResponse> {
      const response = await send(method, path, { headers, ...(body !== undefined && { body }), signal })
      return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
    },
    importFile: (
      file: ImportFile,
      signal: AbortSignal,
      onProgress: (progress: Progress) => void,
    ): Promise<ImportResult> => importFile(send, file, signal, onProgress),
    save: (download: Save, signal: AbortSignal): Promise<void> => saveDownload(send, download, signal),
  }
}
