import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { readFolderKeys } from '../files/folder-key.ts'
import { type Holder, holderProof, PROOF_PATH, requestProof } from '../files/holder-proof.ts'
import { sameSecret } from '../files/secret-digest.ts'

/** Milliseconds in which a running cabinet must answer for the window to attach to it. */
export const ATTACH_LIMIT = 3_000
/** Bytes of an answer that is a proof. */
const LARGEST_ANSWER = 1_000

const isLoopback = (text: string) => /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/.test(text)

/** What a running cabinet writes into its data folder (contract.md 7). */
const EndpointFile = z.object({ url: z.string().refine(isLoopback), pid: z.int().positive(), version: z.string() })
type EndpointFile = z.infer<typeof EndpointFile>

const Answer = z.strictObject({ Instance: z.string().regex(/^[0-9a-f]{64}$/), Proof: z.string() })

/** A cabinet that has proved that it holds the data folder. */
export type FoundHolder = EndpointFile & {
  /** The header that lets a request in there, and nowhere else. */
  authorization(method: string, target: string): string
}

/**
 * The one reader of `endpoint.json`: the file may be left over from a run that was killed, and a stranger may listen at its address by now.
 * Nothing that is secret is sent there, before the proof or after it.
 * @throws Problem `unavailable` where nobody there proves to hold the folder
 */
export async function findHolder(dataDirectory: string): Promise<FoundHolder> {
  const keys = readFolderKeys(dataDirectory)
  if (!keys) throw new Problem('unavailable', 'The key of this data folder is missing.')
  const endpoint = await readEndpoint(join(dataDirectory, 'endpoint.json'))
  const { url, pid } = endpoint
  const nonce = randomBytes(32).toString('hex')
  const answer = await ask(new URL(`${PROOF_PATH}?nonce=${nonce}`, url)).catch((cause: unknown) => {
    throw new Problem('unavailable', `Another program has this data folder open, but does not respond at ${url}.`, {
      cause,
    })
  })
  const holder: Holder = { pid, port: Number(new URL(url).port), instance: answer?.Instance ?? '' }
  if (answer === undefined || !sameSecret(answer.Proof, holderProof(keys, nonce, holder))) {
    throw new Problem('unavailable', `The program at ${url} is not the one that has this data folder open.`)
  }
  return {
    ...endpoint,
    authorization: (method, target) => `Cabinet ${requestProof(keys, method, target, holder)}`,
  }
}

async function readEndpoint(path: string): Promise<EndpointFile> {
  try {
    return EndpointFile.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (cause) {
    throw new Problem('unavailable', 'Another program has this data folder open, but has not published its address.', {
      cause,
    })
  }
}

/** @returns undefined for what is no proof; a stranger's answer may be anything, without end. */
async function ask(url: URL): Promise<z.infer<typeof Answer> | undefined> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(ATTACH_LIMIT) })
  let text = ''
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    if (text.length > LARGEST_ANSWER) return undefined
  }
  try {
    return Answer.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
