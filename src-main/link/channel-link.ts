import type { z } from 'zod'
import type { CabinetEvent } from '../../src-contract/contract/admin/event.ts'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import type { Endpoint } from '../../src-contract/contract/desktop/bridge.ts'
import { type Task, TaskReply, unpackProblem } from '../processes/pool/task.ts'
import type { Channel } from '../processes/spawn/channel.ts'
import { createListeners } from '../processes/spawn/listeners.ts'
import { type CabinetLink, linkTasks } from './link.ts'
import { LinkNews, type LinkOrder } from './link-message.ts'

type Waiting = { settle(reply: TaskReply): void; lose(): void }

/** The way into a cabinet that is our own child, once it has said that it is open; `serveLink` is the other end. */
export function createChannelLink(channel: Channel, opened: Endpoint): CabinetLink {
  let endpoint = opened
  const waiting = new Map<number, Waiting>()
  const events = createListeners<CabinetEvent>()
  let nextId = 1
  let gone = false

  channel.onMessage((message) => {
    const reply = TaskReply.safeParse(message)
    if (reply.success) {
      if (reply.data.kind !== 'ready') waiting.get(reply.data.id)?.settle(reply.data)
      return
    }
    const news = LinkNews.safeParse(message)
    if (!news.success) return
    if (news.data.kind === 'event') events.emit(news.data.event)
    if (news.data.kind === 'open') endpoint = news.data.endpoint
  })
  channel.onExit(() => {
    gone = true
    for (const one of waiting.values()) one.lose()
  })

  function call<Argument extends z.ZodType, Result extends z.ZodType>(
    task: Task<Argument, Result>,
    argument: z.input<Argument>,
    signal: AbortSignal,
  ): Promise<z.output<Result>> {
    return new Promise((resolve, reject) => {
      const id = nextId++
      const cancel = () => channel.post({ kind: 'cancel', id } satisfies LinkOrder)
      const finish = (act: () => void) => {
        waiting.delete(id)
        signal.removeEventListener('abort', cancel)
        act()
      }
      if (signal.aborted) return reject(signal.reason)
      if (gone) return reject(lost())
      signal.addEventListener('abort', cancel, { once: true })
      waiting.set(id, {
        settle(reply) {
          if (reply.kind === 'result') {
            const result = task.result.safeParse(reply.value)
            if (result.success) finish(() => resolve(result.data))
            else finish(() => reject(new Problem('unexpected', 'Unexpected response from the cabinet process.')))
          } else if (reply.kind === 'problem') {
            const problem = unpackProblem(reply.problem)
            finish(() => reject(problem))
          }
        },
        lose: () => finish(() => reject(lost())),
      })
      channel.post({ id, task: task.name, argument })
    })
  }

  return {
    get endpoint() {
      return endpoint
    },
    request: (request, signal) => call(linkTasks.request, request, signal),
    async save(download, signal) {
      await call(linkTasks.save, download, signal)
    },
    onEvent: events.add,
  }
}

function lost(): Problem {
  return new Problem('unavailable', 'The cabinet process ended before it responded.')
}
