import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context } from 'hono'
import type { Caller } from '../../../src-contract/contract/admin/caller.ts'

/**
 * What comes with a request from outside the API. A trusted caller (the window's IPC, a browser session) says who calls;
 * over HTTP the streams of Node come along.
 */
export type Bindings = {
  caller?: Caller
  /** The token or session by which that is known, where it is one that can be revoked. */
  token?: string
  incoming?: IncomingMessage
  outgoing?: ServerResponse
}

export type Variables = {
  /** Who asks; set by `authorise`. */
  caller: Caller
  /** The UUID of the token or session by which that is known; undefined for the window's. */
  token: string | undefined
  /** Of the function that is the answer; undefined where it is none. */
  revision: number | undefined
  /** Aborts when the operation's time is over or the caller has gone; set by `deadline`. */
  signal: AbortSignal
}

export type Environment = { Bindings: Bindings; Variables: Variables }

export type ApiContext = Context<Environment>
