import { join } from 'node:path'
import type { CabinetEvent } from '../../src-contract/contract/admin/event.ts'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { readEvents } from '../../src-contract/util/read-events.ts'
import { errorCode } from '../files/disk-problem.ts'
import { createListeners } from '../processes/spawn/listeners.ts'
import { ATTACH_LIMIT, type FoundHolder, findHolder } from './find-holder.ts'
import type { CabinetLink } from './link.ts'
import { createCabinetLinkService } from './link-service.ts'
import type { Send } from './send.ts'

/**
 * The way into a cabinet that another process serves on this data folder: by the address it wrote there, once it has proved to be it. It follows
 * that cabinet to another port. `ended` resolves when the cabinet is gone.
 * @throws Problem `unavailable` where none answers
 */
export async function attachOverHttp(
  dataDirectory: string,
): Promise<{ link: CabinetLink; ended: Promise<void>; detach(): void }> {
  let holder = await findHolder(dataDirectory)
  const detached = new AbortController()
  const events = createListeners<CabinetEvent>()
  let lastEvent = 0

  /** Whether the same cabinet is elsewhere than at `before`, be it since long or by what its file says now. */
  async function moved(before: string): Promise<boolean> {
    const now = await findHolder(dataDirectory).catch(() => undefined)
    if (now?.pid === holder.pid) holder = now
    return holder.url !== before
  }

  const send: Send = async (method, path, rest) => {
    const tried = holder
    try {
      return await ask(tried, method, path, rest)
    } catch (error) {
      const again = isRefused(error) && (rest.body === undefined || typeof rest.body === 'string')
      if (again && (await moved(tried.url))) return ask(holder, method, path, rest)
      throw error
    }
  }

  /** Opens the stream of events where the cabinet is now. */
  async function follow(): Promise<{ at: string; stream: Response; leave(): void }> {
    const left = new AbortController()
    const leave = () => left.abort()
    const signal = AbortSignal.any([detached.signal, left.signal])
    const resume = lastEvent > 0 && { 'Last-Event-ID': String(lastEvent) }
    const headers = { Accept: 'text/event-stream', ...resume }
    // Not where it is by then: a move that is learned meanwhile would be taken for one that was followed.
    const at = holder.url
    try {
      return { at, stream: await answering(at, () => send('GET', '/events', { headers, signal })), leave }
    } catch (error) {
      leave()
      throw error
    }
  }

  /** The stream of events lasts as long as the cabinet does at that port; it goes on at the next one where it was left. */
  async function untilGone({ at, stream, leave }: Awaited<ReturnType<typeof follow>>): Promise<void> {
    const hear = (event: CabinetEvent) => {
      if (event.Id > 0) lastEvent = event.Id
      if (event.Kind !== 'settings.changed') return events.emit(event)
      // Whoever hears of new settings asks next where the cabinet is.
      void moved(at).then((elsewhere) => {
        events.emit(event)
        if (elsewhere) leave()
      })
    }
    await readEvents(stream, hear).catch(() => {})
    if (detached.signal.aborted || !(await moved(at))) return
    const next = await follow().catch(() => undefined)
    if (next) await untilGone(next)
  }

  const stream = await follow()
  return {
    link: {
      get endpoint() {
        const { url, version } = holder
        return { url, tokenFile: join(dataDirectory, 'token'), dataDirectory, attached: true, version }
      },
      ...createCabinetLinkService(send),
      onEvent: events.add,
    },
    ended: untilGone(stream),
    detach: () => detached.abort(),
  }
}

async function answering(url: string, request: () => Promise<Response>): Promise<Response> {
  const limit = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error('no answer in time')), ATTACH_LIMIT).unref(),
  )
  try {
    const response = await Promise.race([request(), limit])
    if (!response.ok) throw new Error(`it answered with status ${response.status}`)
    return response
  } catch (cause) {
    throw new Problem('unavailable', `Another program has this data folder open, but does not respond at ${url}.`, {
      cause,
    })
  }
}

async function ask({ url, authorization }: FoundHolder, ...[method, path, rest]: Parameters<Send>): Promise<Response> {
  const { headers, body, signal } = rest
  const target = new URL(path, url)
  try {
    return await fetch(target, {
      method,
      headers: { ...headers, Authorization: authorization(method, target.pathname + target.search) },
      redirect: 'error',
      signal,
      ...(body !== undefined && { body, duplex: 'half' }),
    })
  } catch (cause) {
    if (signal.aborted) throw signal.reason
    throw new Problem('unavailable', `The cabinet at ${url} does not respond.`, { cause })
  }
}

/** Nobody listens there, so that nothing of the request was done. */
function isRefused(error: unknown): boolean {
  const failed = error instanceof Problem ? error.cause : undefined
  return failed instanceof Error && errorCode(failed.cause) === 'ECONNREFUSED'
}
