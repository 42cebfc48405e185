import { Readable } from 'node:stream'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { SMALL_BODY } from '../../../src-contract/operations/operation.ts'
import { type About, decodeText, parseJson } from '../../../src-contract/util/parse-json.ts'
import { plural } from '../../../src-contract/words/human-number.ts'
import type { ApiContext } from './environment.ts'
import { unsupportedType } from './errors.ts'

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
export async function readJson(context: ApiContext, { limit = SMALL_BODY, advice = '' } = {}): Promise<unknown> {
  refuseEncodedBody(context)
  if (mediaType(context) !== 'application/json') throw unsupportedType('application/json')
  const about = { ...wholeBody, advice }
  return parseJson(await readText(bodyChunks(context, limit, about), limit, about), about)
}

/**
 * All of it as text.
 * @throws Problem `too-large` past `limit` bytes; `malformed` where it is no UTF-8
 */
export async function readText(chunks: AsyncIterable<Buffer>, limit: number, about: About): Promise<string> {
  return decodeText(Buffer.concat(await Array.fromAsync(limited(chunks, limit, about))), about)
}

const wholeBody: About = { what: 'The body' }

/**
 * The body as it comes, for work that keeps none of it in memory; nothing is read of one that says beforehand that it is too large.
 * @throws Problem `too-large` past `limit` bytes; `malformed` where it broke off
 */
export function bodyChunks(context: ApiContext, limit: number, about = wholeBody): AsyncGenerator<Buffer> {
  if (Number(context.req.header('content-length') ?? 0) > limit) throw tooLarge(limit, about)
  return limited(withAbort(bodyStream(context), context.get('signal')), limit, about)
}

async function* limited(chunks: AsyncIterable<Buffer>, limit: number, about: About): AsyncGenerator<Buffer> {
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > limit) throw tooLarge(limit, about)
    yield chunk
  }
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
