import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Caller } from '../../src-contract/contract/admin/caller.ts'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import type { FolderKeys } from '../files/folder-key.ts'
import { type Holder, holderProof, requestProof } from '../files/holder-proof.ts'
import { sameSecret } from '../files/secret-digest.ts'
import { answerProblem } from './answer.ts'

/** A window that uses this cabinet from another process is the person at this machine, as one of the same process is. */
const window: Caller = { name: 'desktop', scope: 'admin' }

export type Prover = ReturnType<typeof createProver>

/** Proves to a window of this data folder that this is its cabinet, and knows the requests that come from there. */
export function createProver(keys: FolderKeys) {
  const instance = randomBytes(32).toString('hex')
  const holderOf = ({ socket }: IncomingMessage): Holder => ({
    pid: process.pid,
    port: socket.localPort ?? 0,
    instance,
  })
  return {
    /** Answers `PROOF_PATH`. The answer holds nothing but what it was made for. */
    respond(request: IncomingMessage, response: ServerResponse): void {
      const nonce = /^[^?]*\?nonce=([0-9a-f]{64})$/.exec(request.url ?? '')?.[1]
      if (request.method !== 'GET' || nonce === undefined) {
        answerProblem(response, new Problem('malformed', 'Send GET with a nonce of 64 hexadecimal digits.'))
        return
      }
      const body = JSON.stringify({ Instance: instance, Proof: holderProof(keys, nonce, holderOf(request)) })
      response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }).end(body)
    },
    /** Who asks by `Authorization: Cabinet <proof>`; null where it is none, or not of this request to this cabinet. */
    callerOf(request: IncomingMessage): Caller | null {
      const given = /^Cabinet ([0-9a-f]{64})$/.exec(request.headers.authorization ?? '')?.[1]
      const { method = '', url = '' } = request
      if (given === undefined) return null
      return sameSecret(given, requestProof(keys, method, url, holderOf(request))) ? window : null
    },
  }
}
