import type { Readable } from 'node:stream'
import { Dicer } from '@fastify/busboy'
import { z } from 'zod'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { LARGE_BODY } from '../../../src-contract/operations/operation.ts'
import { orAborted } from '../../../src-contract/util/or-aborted.ts'
import { parseJson } from '../../../src-contract/util/parse-json.ts'
import { plural } from '../../../src-contract/words/human-number.ts'
import type { UploadedDownload, UploadedFile, UploadedFiles } from '../../cabinet/functions/prepare-model.ts'
import type { FileStore } from '../../files/file-store.ts'
import type { ApiContext } from '../middleware/environment.ts'
import { bodyStream, readText, refuseEncodedBody, withAbort } from '../middleware/json-body.ts'
import { boundaryOf, type PartHeader, readPartHeader } from './part-header.ts'

/** What a multipart request may hold (contract.md 4): the document's names and the official client's. */
const objectParts = ['data', 'object']
const bundleParts = ['file', 'bundle']
const otherParts = ['download', 'external']
const MAX_PARTS = 40
const HEADER_SIZE = 16 * 1024

export type Upload<T> = { object: T; files: UploadedFiles }

type UploadOptions<T> = {
  store: Pick<FileStore, 'receive'>
  /** The largest file in bytes. */
  limit: number
  signal: AbortSignal
  /** Checks the object part; what it throws refuses the request before the rest is read. */
  parse: (value: unknown) => T
}

/**
 * Receives a multipart body: the files go to disk as they come, hashed on the way, so that memory stays flat. When this
 * throws, nothing is left behind.
 * @throws Problem `malformed` where the body is broken, `too-large` past a limit, `invalid` for parts that do not belong
 */
export async function receiveUpload<T>(context: ApiContext, options: UploadOptions<T>): Promise<Upload<T>> {
  refuseEncodedBody(context)
  if (Number(context.req.header('content-length') ?? 0) > options.limit + 2 * LARGE_BODY) throw tooLarge(options.limit)
  const receiver = new UploadReceiver(options)
  try {
    return await receiver.receive(bodyStream(context), boundaryOf(context.req.header('content-type')))
  } catch (error) {
    await receiver.discard()
    throw error
  }
}

function tooLarge(limit: number): Problem {
  return new Problem('too-large', `The file is larger than the limit of ${plural(limit, 'byte')}.`, {
    field: 'bundle',
  })
}

type Stored = { part: string; file: UploadedDownload }

const Header = z.record(z.string(), z.array(z.string()))

/** Takes one multipart body apart while it comes; the first thing that is wrong ends it all. */
export class UploadReceiver<T> {
  readonly #options: UploadOptions<T>
  readonly #failure = new AbortController()
  readonly #signal: AbortSignal
  readonly #fields: Promise<void>[] = []
  readonly #receiving: Promise<Stored>[] = []
  #parts = 0
  #object: { value: T } | undefined

  constructor(options: UploadOptions<T>) {
    this.#options = options
    this.#signal = AbortSignal.any([options.signal, this.#failure.signal])
  }

  /** @throws Problem; then call `discard` */
  async receive(body: Readable, boundary: string): Promise<Upload<T>> {
    const parser = new Dicer({ boundary, ...{ maxHeaderPairs: 50, maxHeaderSize: HEADER_SIZE } })
    parser.on('part', (part) => this.#takePart(part))
    const finished = new Promise<void>((resolve, reject) => {
      parser.once('finish', resolve)
      parser.once('error', reject)
    })
    finished.catch((error: unknown) => this.#fail(broken(error)))
    try {
      for await (const chunk of withAbort(body, this.#signal)) {
        // A last chunk that fills the parser's buffer by itself is never followed by a drain, only by the end.
        if (!parser.write(chunk)) await orAborted(Promise.race([drained(parser), finished]), this.#signal)
      }
      parser.end()
      await orAborted(finished, this.#signal)
      await orAborted(Promise.all(this.#fields), this.#signal)
      const stored = await Promise.all(this.#receiving)
      this.#signal.throwIfAborted()
      return { object: this.#object ? this.#object.value : this.#options.parse({}), files: sorted(stored) }
    } catch (error) {
      this.#fail(error)
      throw this.#signal.reason
    } finally {
      parser.destroy()
    }
  }

  /** Waits until what is under way has ended, and removes it. */
  async discard(): Promise<void> {
    for (const result of await Promise.allSettled(this.#receiving)) {
      if (result.status === 'fulfilled') await result.value.file.discard()
    }
  }

  #fail(error: unknown): void {
    this.#failure.abort(error)
  }

  #takePart(part: Readable): void {
    let hasHeader = false
    part.on('error', (error) => this.#fail(broken(error)))
    part.once('header', (header: unknown) => {
      hasHeader = true
      try {
        this.#route(part, readPartHeader(Header.parse(header)))
      } catch (error) {
        part.resume()
        this.#fail(error)
      }
    })
    part.once('end', () => {
      if (!hasHeader) this.#fail(broken())
    })
  }

  #route(part: Readable, header: PartHeader | undefined): void {
    if (!header) throw new Problem('malformed', 'Every part of the body must have a Content-Disposition with a name.')
    this.#parts += 1
    if (this.#parts > MAX_PARTS) throw new Problem('too-large', 'The body has too many parts.')
    if (objectParts.includes(header.name)) this.#takeField(part, header.name)
    else if (otherParts.includes(header.name) || bundleParts.includes(header.name)) this.#takeFile(part, header)
    else throw unknownPart(header.name)
  }

  #takeField(part: Readable, name: string): void {
    if (this.#fields.length > 0) throw sentTwice(objectParts)
    const about = { what: `The part ${name}`, field: name }
    const reading = readText(part, LARGE_BODY, about).then((text) => {
      this.#object = { value: this.#options.parse(parseJson(text, about)) }
    })
    reading.catch((error: unknown) => {
      part.resume()
      this.#fail(error)
    })
    this.#fields.push(reading)
  }

  #takeFile(part: Readable, { name, fileName, contentType: mimeType }: PartHeader): void {
    const { store, limit } = this.#options
    const receiving = store.receive(withAbort(part, this.#signal), { limit, signal: this.#signal }).then((staged) => ({
      part: name,
      file: { ...staged, fileName, mimeType },
    }))
    receiving.catch((error: unknown) => {
      part.resume()
      this.#fail(error)
    })
    this.#receiving.push(receiving)
  }
}

const drained = (parser: Dicer) => new Promise<void>((resolve) => parser.once('drain', resolve))

function sorted(stored: Stored[]): UploadedFiles {
  const named = (names: string[]) => stored.filter(({ part }) => names.includes(part)).map(({ file }) => file)
  const bundles: UploadedFile[] = named(bundleParts)
  if (bundles.length > 1) throw sentTwice(bundleParts)
  const [bundle] = bundles
  const downloads = named(['download'])
  const external: UploadedFile[] = named(['external'])
  return {
    ...(bundle && { bundle }),
    ...(external.length > 0 && { external }),
    ...(downloads.length > 0 && { downloads }),
  }
}

function broken(cause?: unknown): Problem {
  return new Problem('malformed', 'The multipart body is malformed or ended early. Nothing was changed.', { cause })
}

function unknownPart(name: string): Problem {
  const shown = name.slice(0, 80)
  return new Problem(
    'invalid',
    `The part "${shown}" is unknown: send data and file (or object and bundle), external, and download.`,
    { field: shown },
  )
}

function sentTwice(names: string[]): Problem {
  return new Problem('invalid', `The body must have one part ${names.join(' or ')}, not several.`, { field: names[0] })
}
