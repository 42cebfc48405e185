import { createHash } from 'node:crypto'
import { includes } from '../../../src-contract/contract/admin/caller.ts'
import type { ApiContext } from './environment.ts'

type Known = { body: Uint8Array<ArrayBuffer>; headers: Record<string, string> }

/** Bytes of answers that are kept, with their questions, which can be as long. */
const ROOM = 16 * 1024 * 1024
const OVERHEAD = 1_000
/** Milliseconds after which a question is asked again all the same: some are about the last days. */
const KEEPS = 10_000

/**
 * Answers with an `ETag` of their content: `If-None-Match` is answered with 304 (RFC 9110 13.1.2), and where only the database decides, the same question is
 * answered with the same bytes until something changes.
 * @param version of the database; undefined where it cannot be had, and nothing is kept
 */
export function createKnownAnswers(version: () => string | undefined) {
  const kept = new Map<string, Known & { until: number }>()
  const beingMade = new Map<string, Promise<Known>>()
  let keptOf: string | undefined
  let size = 0
  function forget(): void {
    kept.clear()
    size = 0
  }

  const weight = (question: string, { body }: Known) => body.length + 2 * question.length + OVERHEAD

  function drop(question: string): void {
    const known = kept.get(question)
    if (known && kept.delete(question)) size -= weight(question, known)
  }

  function keep(question: string, known: Known): void {
    drop(question)
    size += weight(question, known)
    kept.set(question, { ...known, until: performance.now() + KEEPS })
    for (const oldest of kept.keys()) {
      if (size <= ROOM) break
      drop(oldest)
    }
  }

  /** @param isKept whether only the database decides the answer */
  return async (context: ApiContext, isKept: boolean, make: () => Promise<Response>): Promise<Response> => {
    if (!isKept) {
      const made = await make()
      return unlessListed(context, Object.fromEntries(made.headers), () => made)
    }
    const now = version()
    if (now === undefined || now !== keptOf) forget()
    keptOf = now
    const scope = includes(context.var.caller.scope, 'admin') ? 'admin' : 'other'
    const question = `${scope} ${context.req.url}`
    const found = kept.get(question)
    if (found && found.until > performance.now()) return answer(context, found)
    // Who asks the same meanwhile gets the same. If that fails, as where the one who asked first goes away, each asks by himself.
    const shared = await beingMade.get(`${now} ${question}`)?.catch(() => undefined)
    if (shared) return answer(context, shared)
    const making = make().then(read)
    beingMade.set(`${now} ${question}`, making)
    const known = await making.finally(() => beingMade.delete(`${now} ${question}`))
    // What changed while it was made is in it or not: it stands for neither version.
    if (now !== undefined && version() === now && keptOf === now) keep(question, known)
    return answer(context, known)
  }
}

async function read(response: Response): Promise<Known> {
  const body = new Uint8Array(await response.arrayBuffer())
  const headers = Object.fromEntries(response.headers)
  headers.etag ??= `"${contentTag(JSON.stringify(headers), body)}"`
  return { body, headers }
}

const answer = (context: ApiContext, { body, headers }: Known) =>
  unlessListed(context, headers, () => new Response(body, { headers }))

/** The whole answer, or that the caller has it already. */
function unlessListed(context: ApiContext, headers: Record<string, string>, whole: () => Response): Response {
  if (!isListed(context.req.header('if-none-match'), headers.etag)) return whole()
  const { 'content-type': _, ...others } = headers
  return new Response(null, { status: 304, headers: others })
}

/** What only the same content has. */
export function contentTag(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('base64url').slice(0, 22)
}

/** Whether a tag is among those of `If-None-Match`. */
export function isListed(header: string | undefined, etag: string | undefined): boolean {
  const tags = header?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? []
  return tags.includes('*') || (etag !== undefined && tags.includes(etag))
}
