import type { CabinetEvent } from '../../src-contract/contract/admin/event.ts'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import type { BridgeRequest, BridgeResponse, Endpoint } from '../../src-contract/contract/desktop/bridge.ts'
import type { Parent } from '../processes/child/parent.ts'
import { packProblem, type TaskReply, TaskRequest } from '../processes/pool/task.ts'
import { linkTasks, type Save } from './link.ts'
import { type LinkNews, LinkOrder } from './link-message.ts'

/** What the cabinet's process does for the main process. */
export type CabinetLinkService = {
  endpoint(): Endpoint
  /** Told when the endpoint is another one. */
  onMoved(listener: () => void): void
  request(request: BridgeRequest, signal: AbortSignal): Promise<BridgeResponse>
  save(download: Save, signal: AbortSignal): Promise<void>
  subscribe(listener: (event: CabinetEvent) => void): () => void
}

/** Opens the cabinet to the main process over the channel; `createChannelLink` is the other end. */
export function serveLink(parent: Parent, service: CabinetLinkService): void {
  const running = new Map<number, AbortController>()
  const tell = (news: LinkNews) => parent.post(news)
  const reply = (message: TaskReply) => parent.post(message)

  async function work(id: number, task: string, argument: unknown): Promise<void> {
    const stop = new AbortController()
    running.set(id, stop)
    try {
      const value = await perform(task, argument, stop.signal)
      reply({ kind: 'result', id, value, last: false })
    } catch (error) {
      reply({ kind: 'problem', id, problem: packProblem(error), last: false })
    } finally {
      running.delete(id)
    }
  }

  async function perform(task: string, argument: unknown, signal: AbortSignal): Promise<unknown> {
    switch (task) {
      case linkTasks.request.name:
        return service.request(linkTasks.request.argument.parse(argument), signal)
      case linkTasks.save.name:
        await service.save(linkTasks.save.argument.parse(argument), signal)
        return null
      default:
        throw new Problem('unexpected', `The cabinet knows no task named ${task}.`)
    }
  }

  parent.onMessage((message) => {
    const request = TaskRequest.safeParse(message)
    if (request.success) return void work(request.data.id, request.data.task, request.data.argument)
    const order = LinkOrder.safeParse(message)
    if (order.data?.kind !== 'cancel') return
    running.get(order.data.id)?.abort(new DOMException('The request was cancelled.', 'AbortError'))
  })
  service.subscribe((event) => tell({ kind: 'event', event }))
  const open = () => tell({ kind: 'open', endpoint: service.endpoint() })
  service.onMoved(open)
  open()
}
