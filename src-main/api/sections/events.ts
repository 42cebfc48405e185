import { z } from 'zod'
import { CabinetEvent } from '../../../src-contract/contract/admin/event.ts'
import { Message } from '../../../src-contract/contract/admin/message.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import { authorise } from '../middleware/authorise.ts'
import { checked } from '../middleware/checked.ts'
import { answer, createSection, noQuery, refusals } from '../middleware/operation.ts'
import { eventStream } from '../transfer/event-stream.ts'

/** Every change as it happens (contract.md 6). */
export function eventSection({ events, tokens }: Cabinet) {
  const section = createSection()
  section.openAPIRegistry.registerPath({
    operationId: 'streamEvents',
    security: [{ User: [] }],
    method: 'get',
    path: '/events',
    tags: ['Job'],
    summary: 'Follow every change',
    description:
      'Server-sent events, one object each. `Last-Event-ID` resumes after the event it names. The stream goes on until the client ends it.',
    request: { headers: z.object({ 'Last-Event-ID': z.string().optional() }) },
    responses: {
      200: { description: 'The stream of events', content: { 'text/event-stream': { schema: CabinetEvent } } },
      401: refusals[401],
      403: refusals[403],
      422: answer(Message, '`Last-Event-ID` is no number'),
    },
  })
  section.get('/events', authorise(tokens, 'read'), checked('query', noQuery), (context) => {
    const last = context.req.header('last-event-id')
    if (last !== undefined && !/^\d{1,15}$/.test(last)) {
      throw new Problem('invalid', 'Last-Event-ID must be the number of an event.', { field: 'Last-Event-ID' })
    }
    const after = last === undefined ? events.latestId() : Number(last)
    return context.body(eventStream(events, after), 200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
    })
  })
  return section
}
