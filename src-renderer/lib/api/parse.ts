import { z } from 'zod'
import { ApiError } from './api-error.ts'
import type { ApiAnswer } from './transport.ts'

/** What every call takes: its request ends when the signal is aborted. */
export type Options = { signal?: AbortSignal }

/** Reads the body of an answer by the contract's schema. @throws ApiError where it is something else */
export function parse<T>(schema: z.ZodType<T>, answer: ApiAnswer): T {
  const result = schema.safeParse(jsonOf(answer.body))
  if (result.success) return result.data
  throw new ApiError(
    0,
    `The cabinet answered in a way this window does not understand: ${z.prettifyError(result.error)}`,
  )
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
