import type { CabinetEvent } from '../../src-contract/contract/admin/event.ts'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import type {
  BridgeRequest,
  BridgeResponse,
  Endpoint,
  ImportResult,
} from '../../src-contract/contract/desktop/bridge.ts'
import type { Parent } from '../processes/child/parent.ts'
import { packProblem, type TaskReply, TaskRequest } from '../processes/pool/task.ts'
import { doorTasks, type ImportFile, type Progress, type Save } from './link.ts'
import { type DoorNews, DoorOrder } from './link-message.ts'

/** What the cabinet's process does for the main process. */
export type DoorService = {
  endpoint(): Endpoint
  /** Told when the endpoint is another one. */
  onMoved(listener: () => void): void
  request(request: BridgeRequest, signal: AbortSignal): Promise<BridgeResponse>
  importFile(file: ImportFile, signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<ImportResult>
  save(download: Save, signal: AbortSignal): Promise<void>
  subscribe(listener: (event: CabinetEvent) => void): () => void
  /** Asked to end. */
  close(): void
}

/** Opens the cabinet to the main process over the channel; `createChannelDoor` is the other end. */
export function serveDoor(parent: Parent, service: DoorService): void {
  const running = new Map<number, AbortController>()
  const tell = (news: DoorNews) => parent.post(news)
  const reply = (message: TaskReply) => parent.post(message)

  async function work(id: number, task: string, argument: unknown): Promise<void> {
    const stop = new AbortController()
    running.set(id, stop)
    try {
      const value = await perform(task, argument, stop.signal, (progress) =>
        reply({ kind: 'progress', id, value: progress }),
      )
      reply({ kind: 'result', id, value, last: false })
    } catch (error) {
      reply({ kind: 'problem', id, problem: packProblem(error), last: false })
    } finally {
      running.delete(id)
    }
  }

  async function perform(
    task: string,
    argument: unknown,
    signal: AbortSignal,
    report: (progress: Progress) => void,
  ): Promise<unknown> {
    switch (task) {
      case doorTasks.request.name:
        return service.request(doorTasks.request.argument.parse(argument), signal)
      case doorTasks.importFile.name:
        return service.importFile(doorTasks.importFile.argument.parse(argument), signal, report)
      case doorTasks.save.name:
        await service.save(doorTasks.save.argument.parse(argument), signal)
        return null
      default:
        throw new Problem('unexpected', `The cabinet knows no task named ${task}.`)
    }
  }

  parent.onMessage((message) => {
    const request = TaskRequest.safeParse(message)
    if (request.success) return void work(request.data.id, request.data.task, request.data.argument)
    const order = DoorOrder.safeParse(message)
    if (!order.success) return
    if (order.data.kind === 'close') service.close()
    else running.get(order.data.id)?.abort(new DOMException('The request was cancelled.', 'AbortError'))
  })
  service.subscribe((event) => tell({ kind: 'event', event }))
  const open = () => tell({ kind: 'open', endpoint: service.endpoint() })
  service.onMoved(open)
  open()
}
