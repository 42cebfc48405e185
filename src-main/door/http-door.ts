import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { CabinetEvent } from '../../src-contract/event.ts'
import { Problem } from '../../src-contract/problem.ts'
import { createListeners } from '../processes/listeners.ts'
import type { Door } from './door.ts'
import { createDoorService } from './door-service.ts'
import { readEvents } from './read-events.ts'
import type { Send } from './send.ts'

/** What a running cabinet writes into its data folder (contract.md 7). */
const EndpointFile = z.object({ url: z.url(), pid: z.int().positive(), version: z.string() })

/** Milliseconds in which a running cabinet must answer for the window to attach to it. */
const ATTACH_LIMIT = 3_000

/**
 * The way into a cabinet that another process serves on this data folder: by the address it wrote there and its token.
 * `ended` resolves when that cabinet is gone.
 * @throws Problem `unavailable` where none answers
 */
export async function attachOverHttp(
  dataDirectory: string,
): Promise<{ door: Door; ended: Promise<void>; detach(): void }> {
  const tokenFile = join(dataDirectory, 'token')
  const { url, version } = await endpointFile(join(dataDirectory, 'endpoint.json'))
  const token = (await readFile(tokenFile, 'utf8')).trim()
  const send = sendOverHttp(url, token)
  const detached = new AbortController()
  const events = createListeners<CabinetEvent>()

  const stream = await answering(url, () =>
    send('GET', '/events', { headers: { Accept: 'text/event-stream' }, signal: detached.signal }),
  )
  // The stream of events lasts as long as the cabinet does.
  const ended = readEvents(stream, events.emit).catch(() => {})
  return {
    door: {
      endpoint: { url, tokenFile, dataDirectory, attached: true, version },
      ...createDoorService(send),
      onEvent: events.add,
    },
    ended,
    detach: () => detached.abort(),
  }
}

async function endpointFile(path: string): Promise<z.infer<typeof EndpointFile>> {
  try {
    return EndpointFile.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (cause) {
    throw new Problem(
      'unavailable',
      'Another program has this data folder open, but does not say where it serves it.',
      {
        cause,
      },
    )
  }
}

async function answering(url: string, ask: () => Promise<Response>): Promise<Response> {
  const limit = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error('no answer in time')), ATTACH_LIMIT).unref(),
  )
  try {
    const response = await Promise.race([ask(), limit])
    if (!response.ok) throw new Error(`it answered with status ${response.status}`)
    return response
  } catch (cause) {
    throw new Problem('unavailable', `Another program has this data folder open, but does not answer at ${url}.`, {
      cause,
    })
  }
}

function sendOverHttp(url: string, token: string): Send {
  return async (method, path, { headers, body, signal }) => {
    try {
      return await fetch(new URL(path, url), {
        method,
        headers: { ...headers, Authorization: `Bearer ${token}` },
        redirect: 'error',
        signal,
        ...(body !== undefined && { body, duplex: 'half' }),
      })
    } catch (cause) {
      if (signal.aborted) throw signal.reason
      throw new Problem('unavailable', `The cabinet at ${url} does not answer.`, { cause })
    }
  }
}
