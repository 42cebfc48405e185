import { z } from 'zod'
import { Problem, type ProblemCode, problemStatus } from '../../../src-contract/contract/admin/problem.ts'

/** A piece of work that a child does: what both sides agree on. */
export type Task<Argument extends z.ZodType, Result extends z.ZodType, Progress extends z.ZodType = z.ZodType> = {
  name: string
  argument: Argument
  result: Result
  /** Shape of interim reports, for tasks that make them. */
  progress?: Progress
}

/** Names a task and the shapes that cross the process boundary with it: each side checks what it receives. */
export function defineTask<Argument extends z.ZodType, Result extends z.ZodType, Progress extends z.ZodType>(
  definition: Task<Argument, Result, Progress>,
): Task<Argument, Result, Progress> {
  return definition
}

/** What a task's implementation can say besides its result. */
export type TaskContext = {
  /** Sends an interim report. */
  report(progress: unknown): void
  /** Asks that this process gets no further task: the next one runs in a fresh process. */
  retire(): void
}

/** A task with its implementation, as a child registers it. */
export type Handler = { name: string; handle(argument: unknown, context: TaskContext): Promise<unknown> }

/** Joins a task and the function that does it. */
export function implement<Argument extends z.ZodType, Result extends z.ZodType>(
  task: Task<Argument, Result>,
  work: (argument: z.output<Argument>, context: TaskContext) => z.input<Result> | Promise<z.input<Result>>,
): Handler {
  return {
    name: task.name,
    async handle(argument, context) {
      return work(task.argument.parse(argument), context)
    },
  }
}

/** From the pool to its child. */
export const TaskRequest = z.object({ id: z.number(), task: z.string(), argument: z.unknown() })

const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problemStatus, code)

const WireProblem = z.object({
  code: z.string().refine(isProblemCode),
  sentence: z.string(),
  field: z.string().optional(),
  uuid: z.string().optional(),
  stack: z.string().optional(),
})

/** From the child to its pool. `last` asks for the child's replacement. */
export const TaskReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('progress'), id: z.number(), value: z.unknown() }),
  z.object({ kind: z.literal('result'), id: z.number(), value: z.unknown(), last: z.boolean() }),
  z.object({ kind: z.literal('problem'), id: z.number(), problem: WireProblem, last: z.boolean() }),
])
export type TaskReply = z.infer<typeof TaskReply>

/** An error in a form that crosses the boundary. */
export function packProblem(error: unknown): z.infer<typeof WireProblem> {
  const stack = error instanceof Error ? error.stack : undefined
  if (error instanceof Problem) {
    return { code: error.code, sentence: error.message, field: error.field, uuid: error.uuid, stack }
  }
  return { code: 'unexpected', sentence: error instanceof Error ? error.message : String(error), stack }
}

/** The error again; its cause is the stack of the child. */
export function unpackProblem({ code, sentence, field, uuid, stack }: z.infer<typeof WireProblem>): Problem {
  return new Problem(code, sentence, {
    ...(field !== undefined && { field }),
    ...(uuid !== undefined && { uuid }),
    cause: stack,
  })
}
