import type { Message } from './message.ts'

/** What went wrong, in the words of the program; `status` is how HTTP says it (contract.md 2, Message). */
export const problemStatus = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  'precondition-failed': 412,
  'too-large': 413,
  'unsupported-media-type': 415,
  'range-not-satisfiable': 416,
  invalid: 422,
  unexpected: 500,
  unavailable: 503,
  'time-out': 504,
  'storage-full': 507,
} as const

export type ProblemCode = keyof typeof problemStatus

/** An error as a value: a code for programs, a sentence for a person, and the field or object it is about. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly field: string | undefined
  readonly uuid: string | undefined

  constructor(code: ProblemCode, sentence: string, about: { field?: string; uuid?: string; cause?: unknown } = {}) {
    super(sentence, { cause: about.cause })
    this.name = 'Problem'
    this.code = code
    this.field = about.field
    this.uuid = about.uuid
  }

  get status(): (typeof problemStatus)[ProblemCode] {
    return problemStatus[this.code]
  }

  toMessage(): Message {
    return {
      Message: this.message,
      ...(this.code === 'unauthenticated' && { AuthorizationInvalid: true }),
      ...(this.field !== undefined && { Field: { Name: this.field, Message: this.message } }),
      ...(this.uuid !== undefined && { UUID: this.uuid }),
    }
  }
}
