import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { plural } from '../../../src-contract/words/human-number.ts'
import type { DownloadFile } from '../../cabinet/functions/model-files.ts'
import type { ApiContext } from '../middleware/environment.ts'
import { answerProblem } from '../middleware/errors.ts'
import { isListed } from '../middleware/known-answers.ts'
import { type ByteRange, byteRange } from './byte-range.ts'

/** Streams a file with its SHA-256 as `ETag`, conditional and in parts as RFC 9110 has it. */
export async function sendFile(context: ApiContext, file: DownloadFile): Promise<Response> {
  const etag = `"${file.sha256}"`
  const headers = {
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'private, no-cache',
    'Content-Disposition': attachment(file.name),
    'Content-Type': file.mimeType,
    ETag: etag,
  }
  if (isListed(context.req.header('if-none-match'), etag)) return context.body(null, 304, headers)
  const ifRange = context.req.header('if-range')
  const wanted = ifRange === undefined || ifRange === etag ? context.req.header('range') : undefined
  const range = byteRange(wanted, file.size)
  if (range === 'unsatisfiable') {
    context.header('Content-Range', `bytes */${file.size}`)
    return answerProblem(
      context,
      new Problem(
        'range-not-satisfiable',
        `The file has ${plural(file.size, 'byte')}; the range starts beyond its end.`,
        { field: 'Range' },
      ),
    )
  }
  const { start, end } = range ?? { start: 0, end: file.size - 1 }
  const status = range ? 206 : 200
  const sent = {
    ...headers,
    'Content-Length': String(end - start + 1),
    ...(range && { 'Content-Range': `bytes ${start}-${end}/${file.size}` }),
  }
  if (context.req.method === 'HEAD' || file.size === 0) return context.body(null, status, sent)
  return context.body(await openStream(file, { start, end }), status, sent)
}

async function openStream(file: DownloadFile, range: ByteRange): Promise<ReadableStream> {
  try {
    const handle = await open(file.path)
    return Readable.toWeb(
      Readable.from(endingOnlyIfUnchanged(handle.createReadStream({ ...range, highWaterMark: 256 * 1024 }), file)),
    )
  } catch (error) {
    throw new Problem('unavailable', `The file ${file.name} is lost or cannot be read.`, { cause: error })
  }
}

/**
 * Keeps the last bytes back until the file is known to have been the same all the while; else the answer breaks off, so that no client
 * takes a mixture for the file.
 */
async function* endingOnlyIfUnchanged(
  bytes: AsyncIterable<Uint8Array>,
  file: DownloadFile,
): AsyncGenerator<Uint8Array> {
  let held: Uint8Array | undefined
  for await (const chunk of bytes) {
    if (held) yield held
    held = chunk
  }
  if (!(await file.isUnchanged())) throw new Problem('unavailable', `${file.name} changed while it was being sent.`)
  if (held) yield held
}

/** Says to keep what is sent as a file of that name (RFC 8187): `encodeURIComponent` leaves alone some signs that the header does not take. */
export function attachment(name: string): string {
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename*=UTF-8''${encoded}`
}
