import type { BridgeRequest, BridgeResponse } from '../../src-contract/contract/desktop/bridge.ts'
import type { Save } from './link.ts'
import { saveDownload } from './save-download.ts'
import type { Send } from './send.ts'

/** What the window needs of a cabinet, all of it through its API: in the cabinet's own process, or in main over HTTP. */
export function createCabinetLinkService(send: Send) {
  return {
    async request({ method, path, headers, body }: BridgeRequest, signal: AbortSignal): Promise<BridgeResponse> {
      const response = await send(method, path, { headers, ...(body !== undefined && { body }), signal })
      return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
    },
    save: (download: Save, signal: AbortSignal): Promise<void> => saveDownload(send, download, signal),
  }
}
