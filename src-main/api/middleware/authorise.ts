import type { MiddlewareHandler } from 'hono'
import { type Caller, includes, type Scope } from '../../../src-contract/contract/admin/caller.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { TokenService } from '../../cabinet/tokens/token-service.ts'
import type { ApiContext, Environment } from './environment.ts'
import { signed } from './signed-token.ts'

const allowed: Record<Scope, string> = { read: 'read', write: 'read and change', admin: 'administer' }

/** Lets an operation be called by whoever has the scope (contract.md 7), and notes who it was. */
export function authorise(tokens: TokenService, scope: Scope): MiddlewareHandler<Environment> {
  return async (context, next) => {
    const trusted = context.env?.caller
    const { caller, token } = trusted ? { caller: trusted, token: context.env.token } : await bearer(tokens, context)
    if (!includes(caller.scope, scope)) {
      throw new Problem(
        'forbidden',
        `This token may only ${allowed[caller.scope]}; this operation needs one that may ${allowed[scope]}.`,
      )
    }
    context.set('caller', caller)
    context.set('token', token)
    await next()
  }
}

async function bearer(tokens: TokenService, context: ApiContext): Promise<{ caller: Caller; token: string }> {
  const header = context.req.header('authorization')
  if (header === undefined) {
    throw new Problem(
      'unauthenticated',
      'A token is required: send the header "Authorization: Bearer <token>". The first token is in the file "token" in the data folder.',
    )
  }
  const secret = /^Bearer +([\x21-\x7e]+) *$/i.exec(header)?.[1]
  const found = secret === undefined ? null : (tokens.authenticate(secret) ?? (await signed(tokens, secret, 'access')))
  if (!found) throw new Problem('unauthenticated', 'This token is unknown, revoked or expired.')
  return { caller: { name: found.name, scope: found.scope }, token: found.uuid }
}
