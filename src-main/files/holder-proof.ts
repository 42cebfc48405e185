import { createHmac } from 'node:crypto'
import type { FolderKeys } from './folder-key.ts'

/** Where whoever serves a data folder proves it: `GET /proof?nonce=<64 hex digits>`. */
export const PROOF_PATH = '/proof'

/** One run of a cabinet at one port; `instance` is random and new at each start. */
export type Holder = { pid: number; port: number; instance: string }

/**
 * What shows that a listener holds the key of the folder. It says at which port and in which process, so that a stranger at another port
 * cannot pass the question on and the answer back.
 */
export function holderProof(keys: FolderKeys, nonce: string, { pid, port, instance }: Holder): string {
  return mark(keys('holder proof'), [nonce, pid, port, instance])
}

/** What shows that a request comes from someone who can read the folder's key. It is good for this request to this holder alone. */
export function requestProof(
  keys: FolderKeys,
  method: string,
  target: string,
  { pid, port, instance }: Holder,
): string {
  return mark(keys('holder request'), [pid, port, instance, method, target])
}

const mark = (key: Uint8Array, parts: readonly (string | number)[]) =>
  createHmac('sha256', key).update(JSON.stringify(parts)).digest('hex')
