import { Message } from '../../src-contract/contract/admin/message.ts'
import { Problem, type ProblemCode, problemStatus } from '../../src-contract/contract/admin/problem.ts'

type Body = string | AsyncIterable<Uint8Array>

/** A request to the API: handed to it in this process, or sent over HTTP. `path` begins with a slash. */
export type Send = (
  method: string,
  path: string,
  rest: { headers?: Record<string, string>; body?: Body; signal: AbortSignal },
) => Promise<Response>

/** The problem that an answer tells, in its own words. */
export async function problemOf(response: Response): Promise<Problem> {
  const message = Message.safeParse(parsed(await response.text()))
  return new Problem(
    codeOf(response.status),
    message.success ? message.data.Message : `The cabinet responded with status ${response.status}.`,
  )
}

function codeOf(status: number): ProblemCode {
  return (
    Object.keys(problemStatus)
      .filter(isCode)
      .find((code) => problemStatus[code] === status) ?? 'unexpected'
  )
}

const isCode = (code: string): code is ProblemCode => Object.hasOwn(problemStatus, code)

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
