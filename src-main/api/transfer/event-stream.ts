import type { CabinetEvent } from '../../../src-contract/contract/admin/event.ts'
import type { EventService } from '../../cabinet/kernel/change-log.ts'

/** Milliseconds between the comments that keep the connection known to be alive. */
const HEARTBEAT = 15_000
/** Events that may wait for a slow reader; past them the stream ends, and the reader resumes at `Last-Event-ID`. */
const WAITING_LIMIT = 10_000
const PAGE = 1_000

/** Events after `after`, first the kept ones and then each as it happens, as server-sent events (HTML standard, 9.2). */
export function eventStream(events: EventService, after: number): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let stop = () => {}
  return new ReadableStream<Uint8Array>(
    {
      start(stream) {
        let last = after
        const send = (event: CabinetEvent) => {
          // Passing notices have no number: nothing resumes at them.
          if (event.Id > 0 && event.Id <= last) return
          if (event.Id > 0) last = event.Id
          const id = event.Id > 0 ? `id: ${event.Id}\n` : ''
          stream.enqueue(encoder.encode(`${id}data: ${JSON.stringify(event)}\n\n`))
          if ((stream.desiredSize ?? 0) < -WAITING_LIMIT) end()
        }
        const beat = () => stream.enqueue(encoder.encode(':\n\n'))
        const timer = setInterval(beat, HEARTBEAT)
        timer.unref()
        // Nothing is awaited between the last kept event and the first live one, so none is missed.
        beat()
        for (let page = events.since(last, PAGE); page.length > 0; page = events.since(last, PAGE)) page.forEach(send)
        const unsubscribe = events.subscribe(send)
        stop = () => {
          clearInterval(timer)
          unsubscribe()
        }
        const end = () => {
          stop()
          stream.close()
        }
      },
      cancel: () => stop(),
    },
    { highWaterMark: 0 },
  )
}
