import { z } from 'zod'
import { HUB_ADDRESS } from '../../../src-contract/contract/functions/link.ts'
import { failureOfStatus, NetworkFailure } from '../../network/network-failure.ts'
import { type OpenOptions, openUrl } from '../../network/open-url.ts'
import { readJson } from '../../network/read-json.ts'

/** The Hub of Hugging Face, or what `HF_ENDPOINT` says. */
export const HUB_URL = 'https://huggingface.co'

/** What `hf://org/repo[@revision][/file]` names. */
export type HubAddress = { repository: string; revision: string; file: string | null }

const Listing = z.object({ siblings: z.array(z.object({ rfilename: z.string() })).default([]) })
const MAX_LISTING = 32 * 1024 * 1024

/** Undefined where it is another kind of address, or not of this form. */
export function hubAddress(address: string): HubAddress | undefined {
  const [, repository, revision = 'main', file = ''] = HUB_ADDRESS.exec(address) ?? []
  if (repository === undefined || /(^|\/)\.{1,2}(\/|$)/.test(`${repository}/${file}`)) return undefined
  return { repository, revision: decoded(revision), file: file === '' ? null : decoded(file) }
}

/** The address of a file of the Hub on its server; other addresses are themselves. */
export function onServer(address: URL, endpoint: URL): URL {
  const found = hubAddress(address.href)
  if (!found) return address
  const { repository, revision, file } = found
  return at(endpoint, `${repository}/resolve/${encodeURIComponent(revision)}/${encodedPath(file ?? '')}`)
}

/**
 * The models in a repository, as addresses of their own.
 * @throws NetworkFailure with a sentence; the signal's reason
 */
export async function listModels(
  { repository, revision }: HubAddress,
  endpoint: URL,
  options: OpenOptions,
): Promise<string[]> {
  const url = at(endpoint, `api/models/${repository}/revision/${encodeURIComponent(revision)}`)
  const { status, headers, body } = await openUrl(url, { ...options, headers: { Accept: 'application/json' } })
  using _ = { [Symbol.dispose]: () => body.destroy() }
  const name = revision === 'main' ? repository : `${repository}@${revision}`
  if (status === 401 || status === 403 || status === 404)
    throw new NetworkFailure('refused', `${url.host} has no repository ${name}, or a token is needed to read it.`)
  if (status !== 200) throw failureOfStatus(status, url.host, headers['retry-after'])
  const answer = Listing.safeParse(await readJson(body, url, MAX_LISTING))
  if (!answer.success) throw new NetworkFailure('temporary', `Unexpected response from ${url.host}.`)
  const files = answer.data.siblings.map(({ rfilename }) => rfilename).filter((file) => /\.onnx$/i.test(file))
  if (files.length === 0) throw new NetworkFailure('refused', `${name} has no .onnx files.`)
  const suffix = revision === 'main' ? '' : `@${encodeURIComponent(revision)}`
  return files.sort().map((file) => `hf://${repository}${suffix}/${encodedPath(file)}`)
}

const at = (endpoint: URL, path: string) => new URL(`${endpoint.href.replace(/\/$/, '')}/${path}`)
const encodedPath = (path: string) => path.split('/').map(encodeURIComponent).join('/')

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
