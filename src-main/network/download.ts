import type { IncomingHttpHeaders } from 'node:http'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip, createInflate } from 'node:zlib'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { plural } from '../../src-contract/words/human-number.ts'
import type { StagedFile } from '../files/staged-file.ts'
import { failureOfError, failureOfStatus, NetworkFailure } from './network-failure.ts'
import { type Answer, isOnline, type OpenOptions, openUrl } from './open-url.ts'
import type { PartialFile } from './partial-file.ts'

export type DownloadOptions = OpenOptions & {
  /** The largest file in bytes. */
  limit: number
  part: PartialFile
  /** What `onValidator` last gave for the bytes in `part`; null where they must not be continued. */
  validator: string | null
  /** ETag of the file that the caller has already: an unchanged one is not sent again. */
  knownTag?: string | null
  /** Called before the first byte of a new body is written. */
  onValidator(validator: string | null): void
  /** `total` is null where the server does not say. */
  onProgress(done: number, total: number | null): void
}

export type Downloaded = { file: StagedFile; etag: string | null; name: string; commit: string | null }

// No Brotli: the newest Node 24 for Windows in the registry decodes it unsafely (CVE-2026-111497), and nothing here asks for it.
const decoders: Record<string, () => NodeJS.ReadWriteStream & Readable> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
}

/**
 * One try to fetch a file, going on from the bytes that are there where the server proves that they are of the same file (RFC 9110,
 * 13.1.5 If-Range). What came stays in `part` when it breaks off.
 * @returns `unchanged` where `knownTag` still holds
 * @throws NetworkFailure; Problem `storage-full`; the signal's reason
 */
export async function download(url: URL, options: DownloadOptions): Promise<Downloaded | 'unchanged'> {
  const { part, validator, knownTag, signal } = options
  const kept = await part.size()
  const resumes = kept > 0 && validator !== null
  if (kept > 0 && !resumes) await part.clear()
  const answer = await openUrl(url, {
    ...options,
    headers: {
      ...options.headers,
      'Accept-Encoding': 'identity',
      ...(resumes && { Range: `bytes=${kept}-`, 'If-Range': validator }),
      ...(!resumes && knownTag && { 'If-None-Match': knownTag }),
    },
  })
  const { host } = answer.url
  try {
    if (answer.status === 304 && knownTag) return 'unchanged'
    const start = await startOf(answer, resumes ? kept : 0, part)
    const expected = expectedSize(answer, start, options.limit)
    if (start === 0) options.onValidator(validatorOf(answer.headers))
    const file = await part.append(counted(decoded(answer), start, expected, host, options), signal)
    const { sha256, commit } = answer.linked
    if (sha256 !== null && sha256 !== file.sha256) {
      await part.clear()
      throw new NetworkFailure('temporary', `The file from ${url.host} does not have the SHA-256 that it states.`)
    }
    return { file, etag: answer.headers.etag ?? null, name: nameOf(answer, url), commit }
  } catch (error) {
    if (signal.aborted) throw signal.reason
    throw error instanceof Problem ? error : failureOfError(error, host, isOnline())
  } finally {
    answer.body.destroy()
  }
}

/** The offset from which the body is to be written. @throws NetworkFailure where the answer brings no file. */
async function startOf({ status, headers, url }: Answer, asked: number, part: PartialFile): Promise<number> {
  if (status === 200) {
    await part.clear()
    return 0
  }
  if (asked > 0 && (status === 206 || status === 416)) {
    const [, from] = /^bytes (\d+)-/.exec(headers['content-range'] ?? '') ?? []
    if (status === 206 && Number(from) === asked && isPlain(headers)) return asked
    await part.clear()
    throw new NetworkFailure('temporary', `${url.host} does not support resuming downloads.`)
  }
  throw failureOfStatus(status, url.host, headers['retry-after'])
}

function isPlain(headers: IncomingHttpHeaders): boolean {
  return ['', 'identity'].includes(headers['content-encoding']?.trim().toLowerCase() ?? '')
}

/** Size of the whole file as the server announces it; null where it does not, or only that of an encoded form. */
function expectedSize({ headers }: Answer, start: number, limit: number): number | null {
  const length = headers['content-length']
  if (length === undefined || !isPlain(headers)) return null
  const size = start + Number(length)
  if (size > limit) throw tooLarge(limit)
  return size
}

function tooLarge(limit: number): NetworkFailure {
  return new NetworkFailure('refused', `The file is larger than the limit of ${plural(limit, 'byte')}.`)
}

/** What proves later that the file is still the same: a strong ETag, else its date. Encoded bodies have other offsets. */
function validatorOf(headers: IncomingHttpHeaders): string | null {
  if (!isPlain(headers)) return null
  const { etag } = headers
  if (etag !== undefined && !etag.startsWith('W/')) return etag
  return headers['last-modified'] ?? null
}

function decoded({ headers, body, url }: Answer): AsyncIterable<Uint8Array> {
  if (isPlain(headers)) return body
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? ''
  const create = decoders[encoding]
  if (!create) throw new NetworkFailure('refused', `${url.host} uses an unsupported content encoding (${encoding}).`)
  const decoder = create()
  pipeline(body, decoder, () => undefined)
  return decoder
}

async function* counted(
  body: AsyncIterable<Uint8Array>,
  start: number,
  expected: number | null,
  host: string,
  { limit, onProgress }: DownloadOptions,
): AsyncGenerator<Uint8Array> {
  let size = start
  onProgress(size, expected)
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > limit) throw tooLarge(limit)
    yield chunk
    onProgress(size, expected)
  }
  if (expected !== null && size < expected)
    throw new NetworkFailure('temporary', `${host} sent less data than announced.`)
}

/** What the server calls the file: Content-Disposition (RFC 6266), else the address' last segment; '' where neither says. */
function nameOf({ headers, url, linked }: Answer, first: URL): string {
  const disposition = headers['content-disposition'] ?? ''
  const [, extended] = /filename\*\s*=\s*UTF-8''([^;]+)/i.exec(disposition) ?? []
  const [, quoted, plain] = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition) ?? []
  const name =
    extended === undefined ? (quoted ?? plain ?? lastSegment(linked.commit === null ? url : first)) : decode(extended)
  return name.split(/[\\/]/).at(-1)?.slice(0, 200) ?? ''
}

/** The file name that an address ends on; '' where it ends on none. */
export function lastSegment({ pathname }: URL): string {
  return decode(pathname.split('/').at(-1) ?? '')
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
