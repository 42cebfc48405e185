import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { plural } from '../../../src-contract/words/human-number.ts'
import { errorCode } from '../../files/disk-problem.ts'
import type { FileStore } from '../../files/file-store.ts'
import type { StagedFile } from '../../files/staged-file.ts'
import { type DownloadOptions, download } from '../../network/download.ts'
import type { Reach, Resolve } from '../../network/guarded-lookup.ts'
import { NetworkFailure } from '../../network/network-failure.ts'
import type { ProxyOf } from '../../network/proxy.ts'
import type { LinkKind } from '../../store/repositories/link-repository.ts'
import { findDeployment, keyHeader } from './edge-impulse.ts'
import { hubAddress, onServer } from './hub.ts'

/** A fetched file; `tag` says later whether there is a newer one, `title` is what the other side calls the whole. */
export type Fetched = {
  file: StagedFile
  fileName: string
  tag: string | null
  title: string | null
  /** The commit of the Hub that it is of. */
  commit: string | null
}

/** What to fetch, with the secret opened. `knownTag`: of the file that is there already. */
export type FetchTarget = { kind: LinkKind; target: string; secret: string | null; knownTag: string | null }

/** What is said where the settings let no link lead to the network. */
export const LINKS_ARE_OFF = 'Network links are turned off in Settings.'

/** Where and how fetching goes on the network. */
export type FetchRules = {
  /** Whether anything may be fetched over the network at this moment. */
  isOpen: () => boolean
  reach: Reach
  resolve?: Resolve
  bearerOf?: (origin: string) => string | null
  proxyOf?: ProxyOf
  /** Milliseconds of silence after which a connection counts as broken. */
  stallLimit: number
  /** Address of the Hub of Hugging Face. */
  hub: URL
  /** Address of Edge Impulse's API. */
  edgeImpulse: URL
}

export type FetchOptions = Pick<
  DownloadOptions,
  'part' | 'validator' | 'onValidator' | 'onProgress' | 'signal' | 'limit'
> & {
  rules: FetchRules
  files: FileStore
}

/**
 * One try to fetch what a link leads to.
 * @returns `unchanged` where the file is the one that `knownTag` names
 * @throws NetworkFailure; Problem `invalid`, `too-large`, `storage-full`; the signal's reason
 */
export async function fetchLink(target: FetchTarget, options: FetchOptions): Promise<Fetched | 'unchanged'> {
  try {
    if (target.kind === 'Path') return await fetchPath(target.target, options)
    refuseClosed(options.rules)
    const onProgress: FetchOptions['onProgress'] = (done, total) => {
      refuseClosed(options.rules)
      options.onProgress(done, total)
    }
    const fetch = target.kind === 'Url' ? fetchUrl : fetchDeployment
    return await fetch(target, { ...options, onProgress })
  } catch (error) {
    throw withoutSecret(error, target.secret)
  }
}

/** @throws NetworkFailure `refused` where links are switched off, also in the middle of a download */
function refuseClosed({ isOpen }: FetchRules): void {
  if (!isOpen()) throw new NetworkFailure('refused', LINKS_ARE_OFF)
}

async function fetchUrl(
  { target, secret, knownTag }: FetchTarget,
  options: FetchOptions,
): Promise<Fetched | 'unchanged'> {
  const given = new URL(secret ?? target)
  const url = onServer(given, options.rules.hub)
  const secretHeaders = basicAuthorization(url)
  url.username = ''
  url.password = ''
  const done = await download(url, { ...options, ...options.rules, knownTag, secretHeaders })
  if (done === 'unchanged') return done
  return { file: done.file, fileName: done.name, tag: done.etag, title: null, commit: done.commit }
}

/** The address of a file that a model names, next to that of the model; of the same commit, also where a branch has moved on. */
export function addressBeside(model: string, commit: string | null, location: string): string {
  const hub = commit === null ? undefined : hubAddress(model)
  const base = hub ? `hf://${hub.repository}@${commit}/${hub.file}` : model
  const [folder = ''] = /^[^?#]*\//.exec(base) ?? []
  const segments = location.split(/[/\\]/).filter((segment) => segment !== '.')
  return folder + segments.map(encodeURIComponent).join('/')
}

/** Name and password of an address, as HTTP sends them (RFC 7617). */
function basicAuthorization({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {}
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { Authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
}

async function fetchDeployment(
  { target, secret, knownTag }: FetchTarget,
  options: FetchOptions,
): Promise<Fetched | 'unchanged'> {
  const { rules, signal } = options
  const secretHeaders = keyHeader(secret ?? '')
  const found = await findDeployment(rules.edgeImpulse, target, { ...rules, signal, secretHeaders })
  const tag = found.tag === '' ? null : found.tag
  if (tag !== null && tag === knownTag) return 'unchanged'
  const done = await download(found.url, { ...options, ...rules, secretHeaders })
  if (done === 'unchanged') return done
  return { file: done.file, fileName: done.name, tag: tag ?? done.etag, title: found.projectName || null, commit: null }
}

async function fetchPath(path: string, { files, limit, signal, onProgress }: FetchOptions): Promise<Fetched> {
  const file = await openFile(path)
  try {
    const status = await file.stat()
    if (!status.isFile()) throw new Problem('invalid', `${path} is not a file.`, { field: 'Path' })
    if (status.size > limit) {
      throw new Problem('too-large', `The file is larger than the limit of ${plural(limit, 'byte')}.`)
    }
    async function* counted(): AsyncGenerator<Uint8Array> {
      let done = 0
      for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 1 << 20 })) {
        yield chunk
        done += chunk.length
        onProgress(done, status.size)
      }
    }
    const staged = await files.receive(counted(), { limit, signal })
    return { file: staged, fileName: basename(path), tag: null, title: null, commit: null }
  } finally {
    await file.close()
  }
}

async function openFile(path: string) {
  try {
    // Without O_NONBLOCK opening a pipe that nobody writes to would hang.
    return await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new NetworkFailure('temporary', `There is no file ${path}.`)
    if (code === 'EACCES' || code === 'EPERM')
      throw new Problem('invalid', `Permission denied: ${path} cannot be read.`)
    throw new NetworkFailure('temporary', `${path} cannot be opened (${code ?? String(error)}).`)
  }
}

/** What the other side says is shown to people, and might repeat the secret it was given. */
function withoutSecret(error: unknown, secret: string | null): unknown {
  if (!(error instanceof NetworkFailure) || secret === null || !error.message.includes(secret)) return error
  return new NetworkFailure(error.kind, error.message.replaceAll(secret, '***'))
}
