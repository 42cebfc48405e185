import { Message } from '../../../src-contract/contract/admin/message.ts'

/** An answer of the API that is no success, or no answer at all (`status` 0). `message` is a sentence for a person. */
export class ApiError extends Error {
  readonly status: number
  /** The part of the request that is wrong, by its name in the contract. */
  readonly field: string | undefined

  constructor(status: number, sentence: string, field?: string) {
    super(sentence)
    this.name = 'ApiError'
    this.status = status
    this.field = field
  }
}

const NO_ANSWER = 'The cabinet is not responding. Nothing was changed. Retrying.'

/** What a request that got no answer is told as. */
export function noAnswer(): ApiError {
  return new ApiError(0, NO_ANSWER)
}

/** Reads the Message body that every error of the API carries. */
export function apiError(status: number, body: string): ApiError {
  try {
    const message = Message.loose().parse(JSON.parse(body))
    return new ApiError(status, message.Message, message.Field?.Name)
  } catch {
    return new ApiError(status, `The cabinet returned status ${status} without a message.`)
  }
}

/** A sentence for whatever was thrown. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Something went wrong.'
}
