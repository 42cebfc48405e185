import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import type { CabinetSettings } from '../../cabinet/open-cabinet.ts'
import { ada, openTestCabinet, type TestCabinet } from '../../cabinet/testing/test-cabinet.ts'
import type { Spawn } from '../../processes/spawn/channel.ts'
import { createApi } from '../create-api.ts'

/** The API over a real cabinet, asked without a port. */
export type TestApi = TestCabinet & {
  app: ReturnType<typeof createApi>
  /** What the API logged as unexpected; tests expect none. */
  unexpected: unknown[]
  /** Asks as Ada, who may administer, unless another caller is given; null: nobody. */
  ask(path: string, init?: RequestInit, caller?: Caller | null): Promise<Answer>
}

type Answer = { status: number; headers: Headers; body: unknown }

export async function openTestApi(settings: CabinetSettings = {}, spawn?: Spawn): Promise<TestApi> {
  const test = await openTestCabinet(settings, spawn)
  // The first list waits for its process; operations with a second of time should not.
  await test.cabinet.listing.list({ Limit: 1 }, {})
  const unexpected: unknown[] = []
  const app = createApi(test.cabinet, { version: '0.0.0', logError: (error) => unexpected.push(error) })
  return {
    ...test,
    app,
    unexpected,
    async ask(path, init = {}, caller = ada) {
      const response = await app.request(path, init, caller === null ? {} : { caller })
      const text = await response.text()
      const isJson = response.headers.get('content-type')?.startsWith('application/json')
      return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
    },
  }
}

/** A request with a JSON body. */
export function withJson(method: string, body: unknown, headers: Record<string, string> = {}): RequestInit {
  return { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', ...headers } }
}

/** A multipart request, as a browser or the official client makes it. */
export function withForm(
  method: string,
  parts: Record<string, string | { bytes: Uint8Array<ArrayBuffer>; name: string; type?: string }>,
): RequestInit {
  const form = new FormData()
  for (const [name, part] of Object.entries(parts)) {
    if (typeof part === 'string') form.append(name, part)
    else form.append(name, new Blob([part.bytes], { type: part.type ?? 'application/octet-stream' }), part.name)
  }
  return { method, body: form }
}
