import { SignJWT } from 'jose'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { operations } from '../../../src-contract/operations/operations.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import type { TokenService } from '../../cabinet/tokens/token-service.ts'
import { createSection } from '../middleware/operation.ts'
import { type SignedUse, signed } from '../middleware/signed-token.ts'

const lifetime: Record<SignedUse, string> = { access: '15m', refresh: '30d' }

/** As much of the cloud's sign-in as its official client needs (contract.md 7). */
export function authSection(cabinet: Cabinet) {
  const { tokens } = cabinet
  const { app, serve } = createSection(cabinet)
  serve(operations.signIn, async ({ body }) => {
    const uuid = tokens.identify(body.Password)
    if (uuid === null) throw refused('The Password must be a token of this cabinet; this one is unknown or revoked.')
    return { RefreshToken: await sign(tokens, uuid, 'refresh') }
  })
  serve(operations.refreshToken, async ({ body, context }) => {
    const secret = /^Bearer +(\S+) *$/i.exec(context.req.header('authorization') ?? '')?.[1] ?? ''
    const caller = await signed(tokens, secret, 'refresh')
    if (!caller) throw refused('A valid RefreshToken is required; this one is invalid or expired. Sign in again.')
    if (body?.GrantType === 'RefreshToken') return { RefreshToken: await sign(tokens, caller.uuid, 'refresh') }
    return { AccessToken: await sign(tokens, caller.uuid, 'access') }
  })
  return app
}

const refused = (sentence: string) => new Problem('unauthenticated', sentence)

function sign(tokens: TokenService, uuid: string, use: SignedUse): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(uuid)
    .setAudience(use)
    .setIssuedAt()
    .setExpirationTime(lifetime[use])
    .sign(tokens.key('auth'))
}
