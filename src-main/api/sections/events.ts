import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { operations } from '../../../src-contract/operations/operations.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import { createSection } from '../middleware/operation.ts'
import { eventStream } from '../transfer/event-stream.ts'

/** Every change as it happens (contract.md 6). */
export function eventSection(cabinet: Cabinet) {
  const { events } = cabinet
  const { app, respond } = createSection(cabinet)
  respond(operations.streamEvents, ({ context }) => {
    const last = context.req.header('last-event-id')
    if (last !== undefined && !/^\d{1,15}$/.test(last)) {
      throw new Problem('invalid', 'Last-Event-ID must be the number of an event.', { field: 'Last-Event-ID' })
    }
    const after = last === undefined ? events.latestId() : Number(last)
    return context.body(eventStream(events, after, context.var), 200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
    })
  })
  return app
}
