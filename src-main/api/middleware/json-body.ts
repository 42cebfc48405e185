import { Readable } from 'node:stream'
import type { z } from 'zod'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { plural } from '../../../src-contract/words/human-number.ts'
import type { ApiContext } from './environment.ts'
import { unsupportedType } from './errors.ts'
import { zodProblem } from './zod-problem.ts'

/** @throws Problem that names the field */
export function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value)
  if (!result.success) throw zodProblem(result.error.issues)
  return result.data
}

/** The largest JSON body in bytes: documentation of a million characters fits, escaped. */
export const JSON_LIMIT = 8 * 1024 * 1024

/** The body as Node's stream: the socket's own where there is one, for it is the quickest and flat in memory. */
export function bodyStream(context: ApiContext): Readable {
  const { incoming } = context.env ?? {}
  if (incoming) return incoming
  const { body } = context.req.raw
  return body ? Readable.from(body) : Readable.from([])
}

export function mediaType(context: ApiContext): string {
  return context.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
}

/** Refuses encodings of the body, which nothing here undoes. */
export function refuseEncodedBody(context: ApiContext): void {
  const encoding = context.req.header('content-encoding')
  if (encoding && encoding.toLowerCase() !== 'identity') {
    throw new Problem('unsupported-media-type', `The body must not be compressed (${encoding.slice(0, 40)}).`, {
      field: 'Content-Encoding',
    })
  }
}

/**
 * Reads a JSON body of at most `limit` bytes; `advice` says what to do with a larger one.
 * @throws Problem `unsupported-media-type`, `too-large` or `malformed`
 */
export async function readJson(context: ApiContext, { limit = JSON_LIMIT, advice = '' } = {}): Promise<unknown> {
  refuseEncodedBody(context)
  if (mediaType(context) !== 'application/json') throw unsupportedType('application/json')
  const about = { ...wholeBody, advice }
  return parseBody(await readText(bodyChunks(context, limit, about), limit, about), about)
}

/**
 * Reads JSON; a whole number that would lose digits becomes the text of its digits.
 * @throws Problem `malformed`
 */
export function parseBody(text: string, about: About): unknown {
  refuseDeepJson(text)
  try {
    return longInteger.test(text) ? JSON.parse(text, exactInteger) : JSON.parse(text)
  } catch {
    throw new Problem('malformed', `${about.what} is not valid JSON.`, fieldOf(about))
  }
}

const longInteger = /(?<![\d.eE])[1-9]\d{15}/

/** The reviver's third argument is new, and not in the types. */
function exactInteger(_: string, value: unknown, ...[context]: { source?: string }[]): unknown {
  const source = context?.source ?? ''
  return typeof value === 'number' && /^-?\d+$/.test(source) && !Number.isSafeInteger(value) ? source : value
}

/** What sentences call what is read, the field that it is, and what to do where it is too large. */
type About = { what: string; field?: string; advice?: string }

/**
 * All of it as text.
 * @throws Problem `too-large` past `limit` bytes; `malformed` where it is no UTF-8
 */
export async function readText(chunks: AsyncIterable<Buffer>, limit: number, about: About): Promise<string> {
  const bytes = await collected(chunks, limit, about)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Problem('malformed', `${about.what} is not valid UTF-8 text.`, fieldOf(about))
  }
}

/**
 * The whole body.
 * @throws Problem `too-large` past `limit` bytes; `malformed` where it broke off
 */
export function readBytes(context: ApiContext, limit: number): Promise<Buffer> {
  return collected(bodyChunks(context, limit, wholeBody), limit, wholeBody)
}

const wholeBody: About = { what: 'The body' }

/** The body as it comes; nothing is read of one that says beforehand that it is too large. */
function bodyChunks(context: ApiContext, limit: number, about: About): AsyncGenerator<Buffer> {
  if (Number(context.req.header('content-length') ?? 0) > limit) throw tooLarge(limit, about)
  return withAbort(bodyStream(context), context.get('signal'))
}

async function collected(chunks: AsyncIterable<Buffer>, limit: number, about: About): Promise<Buffer> {
  const found: Buffer[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > limit) throw tooLarge(limit, about)
    found.push(chunk)
  }
  return Buffer.concat(found)
}

function tooLarge(limit: number, about: About): Problem {
  const sentence = `${about.what} must have at most ${plural(limit, 'byte')}.`
  return new Problem('too-large', about.advice ? `${sentence} ${about.advice}` : sentence, fieldOf(about))
}

const fieldOf = ({ field }: About) => (field === undefined ? {} : { field })

/**
 * The stream's chunks until the signal aborts. The stream itself is left as it is then, so that an answer can still be
 * sent and the rest be let through; the iterator of Node's own would hold on to it.
 */
export async function* withAbort(stream: Readable, signal: AbortSignal): AsyncGenerator<Buffer> {
  let wake = () => {}
  const onChange = () => wake()
  const changes = ['readable', 'end', 'error', 'close'] as const
  for (const change of changes) stream.on(change, onChange)
  signal.addEventListener('abort', onChange)
  try {
    for (;;) {
      signal.throwIfAborted()
      const chunk: Buffer | null = stream.read()
      if (chunk !== null) yield chunk
      else if (stream.readableEnded) return
      else if (stream.destroyed) throw brokenOff(stream.errored)
      else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
  } finally {
    for (const change of changes) stream.off(change, onChange)
    signal.removeEventListener('abort', onChange)
  }
}

function brokenOff(error: unknown): Problem {
  return error instanceof Problem
    ? error
    : new Problem('malformed', 'The request body ended early. Nothing was changed.', { cause: error })
}

/** Levels of lists and objects. No real request has as many; recursive checks overflow at a few thousand, and so does SQLite. */
const DEEPEST = 200

/**
 * Looks through JSON before it is parsed, in a fraction of the time that takes.
 * @throws Problem `malformed` where it is nested too deeply
 */
export function refuseDeepJson(text: string): void {
  const marks = /["[\]{}]/g
  let depth = 0
  for (let mark = marks.exec(text)?.[0]; mark; mark = marks.exec(text)?.[0]) {
    if (mark === '"') marks.lastIndex = afterText(text, marks.lastIndex)
    else if (mark === ']' || mark === '}') depth--
    else if (++depth > DEEPEST)
      throw new Problem('malformed', `The JSON must be nested at most ${DEEPEST} levels deep.`)
  }
}

/** The position after the string whose first character is at `start`. */
function afterText(text: string, start: number): number {
  for (let quote = text.indexOf('"', start); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let before = quote
    while (before > start && text[before - 1] === '\\') before--
    // An even number of backslashes stands for themselves.
    if ((quote - before) % 2 === 0) return quote + 1
  }
  return text.length
}
