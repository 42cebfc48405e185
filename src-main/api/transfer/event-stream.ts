import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import type { CabinetEvent } from '../../../src-contract/contract/admin/event.ts'
import type { EventService } from '../../cabinet/kernel/change-log.ts'
import type { Variables } from '../middleware/environment.ts'
import { jsonFor } from '../middleware/hide-paths.ts'

/** Milliseconds between the comments that keep the connection known to be alive. */
const HEARTBEAT = 15_000
/** Notices without a number that may wait for a slow reader; past them the oldest are dropped. */
const WAITING_LIMIT = 1_000
const PAGE = 1_000

/**
 * Events after `after`, first the kept ones and then each as it happens, as server-sent events (HTML standard, 9.2). Kept events are read
 * page by page as the reader takes them, so that a slow reader, or one that resumes far back, holds no memory. It ends when the token by which it was asked for is revoked.
 */
export function eventStream(
  events: EventService,
  after: number,
  { caller, token }: Pick<Variables, 'caller' | 'token'>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const waiting: CabinetEvent[] = []
  let last = after
  let stopped = false
  let isRevoked = false
  let wake = () => {}
  let stop = () => {}

  function next(): string {
    const kept = events.since(last, PAGE)
    last = kept.at(-1)?.Id ?? last
    return [...kept, ...waiting.splice(0)].map((event) => textOf(event, caller)).join('')
  }

  return new ReadableStream<Uint8Array>(
    {
      start(stream) {
        const unsubscribe = events.subscribe((event) => {
          if (event.Kind === 'token.revoked' && event.UUID === token) {
            isRevoked = true
            return stop()
          }
          if (event.Id === 0 && waiting.push(event) > WAITING_LIMIT) waiting.shift()
          wake()
        })
        const timer = setInterval(() => {
          if ((stream.desiredSize ?? 0) >= 0) stream.enqueue(encoder.encode(':\n\n'))
        }, HEARTBEAT)
        timer.unref()
        stop = () => {
          stopped = true
          clearInterval(timer)
          unsubscribe()
          wake()
        }
        stream.enqueue(encoder.encode(':\n\n'))
      },
      async pull(stream) {
        while (!stopped) {
          const heard = new Promise<void>((resolve) => {
            wake = resolve
          })
          const text = next()
          if (text !== '') return stream.enqueue(encoder.encode(text))
          await heard
        }
        if (isRevoked) stream.close()
      },
      cancel: () => stop(),
    },
    { highWaterMark: 0 },
  )
}

function textOf(event: CabinetEvent, caller: Caller): string {
  const id = event.Id > 0 ? `id: ${event.Id}\n` : ''
  return `${id}data: ${jsonFor(caller, event)}\n\n`
}
