import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { connectParent } from '../child/parent.ts'
import { type Handler, packProblem, type TaskReply, TaskRequest } from './task.ts'

/** Makes this process do the given tasks for the pool that started it, one at a time, and tells the pool it is ready. */
export function serveTasks(handlers: readonly Handler[]): void {
  const byName = new Map(handlers.map((handler) => [handler.name, handler]))
  const parent = connectParent()
  const reply = (message: TaskReply) => parent.post(message)
  parent.onMessage(async (message) => {
    const { id, task, argument } = TaskRequest.parse(message)
    let last = false
    const context = {
      report: (value: unknown) => reply({ kind: 'progress', id, value }),
      retire: () => {
        last = true
      },
    }
    try {
      const handler = byName.get(task)
      if (!handler) throw new Problem('unexpected', `This process knows no task named ${task}.`)
      const value = await handler.handle(argument, context)
      reply({ kind: 'result', id, value, last })
    } catch (error) {
      reply({ kind: 'problem', id, problem: packProblem(error), last })
    }
  })
  reply({ kind: 'ready' })
}
