import type { Caller, Scope } from '../../../src-contract/contract/admin/caller.ts'
import type { NewToken, Token } from '../../../src-contract/contract/admin/token.ts'

export type TokenService = {
  /** Path of the file (mode 0600) that holds the first token. */
  readonly tokenFile: string
  /** Who a secret belongs to; null where it is unknown or revoked. Compared in constant time. */
  authenticate(secret: string): Caller | null
  /** The secret is in this answer and nowhere else. */
  create(caller: Caller, request: { Name: string; Scope: Scope }): NewToken
  list(): Token[]
  /** @throws Problem `not-found`; `conflict` for the first token, which is replaced by removing its file. */
  revoke(caller: Caller, uuid: string): void
  /** Who a token is by its UUID, for signed tokens that name one (`/auth`); null where it is unknown or revoked. */
  find(uuid: string): (Caller & { uuid: string }) | null
  /** UUID of the token with this secret; null as in `authenticate`. */
  identify(secret: string): string | null
  /** 32 bytes from the key file (mode 0600), one key for each purpose, such as `auth` for signed tokens. */
  key(purpose: string): Uint8Array
}
