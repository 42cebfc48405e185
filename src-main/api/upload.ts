import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy'
import type { MiddlewareHandler } from 'hono'
import { Problem } from '../../src-contract/problem.ts'
import type { UploadedDownload, UploadedFile, UploadedFiles } from '../catalogue/function-service.ts'
import type { FileStore } from '../files/file-store.ts'
import type { ApiContext, Environment } from './environment.ts'
import { unsupportedType } from './errors.ts'
import { bodyStream, JSON_LIMIT, jsonBody, mediaType, refuseEncodedBody, withAbort } from './json-body.ts'

/** What a multipart request may hold (contract.md 4): the document's names and the official client's. */
const objectParts = ['data', 'object']
const bundleParts = ['file', 'bundle']
const MAX_DOWNLOADS = 32

export type Upload<T> = { object: T; files: UploadedFiles }

export type UploadOptions<T> = {
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
  if (Number(context.req.header('content-length') ?? 0) > options.limit + 2 * JSON_LIMIT) throw tooLarge(options.limit)
  const receiver = new UploadReceiver(options)
  try {
    return await receiver.receive(context)
  } catch (error) {
    await receiver.discard()
    throw error
  }
}

function tooLarge(limit: number): Problem {
  return new Problem(
    'too-large',
    `The file is larger than the ${limit.toLocaleString('en')} bytes that this cabinet takes.`,
    {
      field: 'bundle',
    },
  )
}

type Stored = { part: string; file: UploadedDownload }

class UploadReceiver<T> {
  readonly #options: UploadOptions<T>
  readonly #failure = new AbortController()
  readonly #signal: AbortSignal
  readonly #receiving: Promise<Stored>[] = []
  #objectText: string | undefined
  #object: T | undefined

  constructor(options: UploadOptions<T>) {
    this.#options = options
    this.#signal = AbortSignal.any([options.signal, this.#failure.signal])
  }

  async receive(context: ApiContext): Promise<Upload<T>> {
    const parser = this.#parser(context.req.header('content-type') ?? '')
    const finished = new Promise<void>((resolve, reject) => {
      parser.once('finish', resolve)
      parser.once('error', (error) =>
        reject(
          new Problem('malformed', 'The multipart body is broken or broke off. Nothing was changed.', { cause: error }),
        ),
      )
    })
    finished.catch((error: unknown) => this.#fail(error))
    try {
      for await (const chunk of withAbort(bodyStream(context), this.#signal)) {
        if (!parser.write(chunk)) await this.#drained(parser)
      }
      parser.end()
      await Promise.race([finished, this.#failed()])
      const stored = await Promise.all(this.#receiving)
      this.#signal.throwIfAborted()
      return { object: this.#object ?? this.#options.parse({}), files: sorted(stored) }
    } catch (error) {
      this.#fail(error)
      throw error
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

  #failed(): Promise<never> {
    return new Promise((_, reject) => {
      const fail = () => reject(this.#signal.reason)
      if (this.#signal.aborted) fail()
      else this.#signal.addEventListener('abort', fail, { once: true })
    })
  }

  #drained(parser: BusboyInstance): Promise<void> {
    return Promise.race([new Promise<void>((resolve) => parser.once('drain', resolve)), this.#failed()])
  }

  #parser(contentType: string): BusboyInstance {
    const parser = openParser(contentType)
    parser.on('field', (name, value, _, truncated) => this.#guarded(() => this.#field(name, value, truncated)))
    parser.on('file', (name, stream, fileName, _, mimeType) => {
      // A stream that nobody reads would hold the parser up; its errors are the parser's.
      stream.on('error', (error) => this.#fail(error))
      this.#guarded(() => this.#file(name, stream, { fileName: fileName ?? '', mimeType }))
    })
    for (const event of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
      parser.on(event, () => this.#fail(new Problem('too-large', 'The body has too many parts.')))
    }
    return parser
  }

  #guarded(step: () => void): void {
    try {
      step()
    } catch (error) {
      this.#fail(error)
    }
  }

  #field(name: string, value: string, truncated: boolean): void {
    if (!objectParts.includes(name)) throw unknownPart(name ?? '')
    if (truncated)
      throw new Problem('too-large', `The part ${name} must have at most ${JSON_LIMIT} bytes.`, { field: name })
    if (this.#objectText !== undefined) throw sentTwice(objectParts)
    this.#objectText = value
    this.#object = this.#options.parse(parseJson(name, value))
  }

  #file(part: string, stream: BusboyFileStream, { fileName, mimeType }: { fileName: string; mimeType: string }): void {
    if (part !== 'download' && !bundleParts.includes(part)) throw unknownPart(part)
    const { store, limit } = this.#options
    const receiving = store
      .receive(withAbort(stream, this.#signal), { limit, signal: this.#signal })
      .then((staged) => ({
        part,
        file: { ...staged, discard: () => staged.discard(), fileName, mimeType },
      }))
    receiving.catch((error: unknown) => this.#fail(error))
    this.#receiving.push(receiving)
  }
}

function openParser(contentType: string): BusboyInstance {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      isPartAFile: (name) => name === 'download' || (name !== undefined && bundleParts.includes(name)),
      highWaterMark: 256 * 1024,
      fileHwm: 256 * 1024,
      limits: {
        fieldNameSize: 100,
        fieldSize: JSON_LIMIT,
        fields: 4,
        files: MAX_DOWNLOADS + 2,
        parts: MAX_DOWNLOADS + 6,
        headerPairs: 50,
        headerSize: 16 * 1024,
      },
    })
  } catch (error) {
    throw new Problem('malformed', 'The Content-Type of a multipart body must name its boundary.', {
      field: 'Content-Type',
      cause: error,
    })
  }
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Problem('malformed', `The part ${name} is not valid JSON.`, { field: name })
  }
}

function sorted(stored: Stored[]): UploadedFiles {
  const bundles = stored.filter(({ part }) => part !== 'download').map(({ file }): UploadedFile => file)
  if (bundles.length > 1) throw sentTwice(bundleParts)
  const downloads = stored.filter(({ part }) => part === 'download').map(({ file }) => file)
  const [bundle] = bundles
  return { ...(bundle && { bundle }), ...(downloads.length > 0 && { downloads }) }
}

function unknownPart(name: string): Problem {
  const shown = name.slice(0, 80)
  return new Problem(
    'invalid',
    `The part "${shown}" is not known here: send data and file (or object and bundle), and download.`,
    {
      field: shown,
    },
  )
}

function sentTwice(names: string[]): Problem {
  return new Problem('invalid', `The body must have one part ${names.join(' or ')}, not several.`, { field: names[0] })
}

/** Reads a JSON body before the validators, and leaves a multipart body to `receiveUpload`. */
export const jsonUnlessMultipart: MiddlewareHandler<Environment> = (context, next) => {
  const type = mediaType(context)
  if (type === 'multipart/form-data') return next()
  if (type !== 'application/json') throw unsupportedType('multipart/form-data', 'application/json')
  return jsonBody(context, next)
}

const binary = { type: 'string', format: 'binary' } as const
const functionUpdate = { $ref: '#/components/schemas/FunctionUpdate' }

/** The multipart body's part of the document. No zod schema stands there, for the validators would hold the file in memory. */
export const multipartContent = {
  'multipart/form-data': {
    schema: {
      type: 'object' as const,
      properties: {
        data: { ...functionUpdate, description: 'The object as JSON; `object` is the same' },
        file: { ...binary, description: 'The model, `.onnx` or `.zip`; `bundle` is the same' },
        object: functionUpdate,
        bundle: binary,
        download: { type: 'array' as const, items: binary, description: 'Files for other devices' },
      },
      additionalProperties: false,
    },
  },
}
