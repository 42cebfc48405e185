import { jwtVerify } from 'jose'
import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import type { TokenService } from '../../cabinet/tokens/token-service.ts'

export type SignedUse = 'access' | 'refresh'

/** Whose signed token (`/auth`) this is; null where it is none, is for another use, is out of date, or its token was revoked. */
export async function signed(
  tokens: TokenService,
  secret: string,
  use: SignedUse,
): Promise<(Caller & { uuid: string }) | null> {
  if (secret.split('.').length !== 3) return null
  try {
    const { payload } = await jwtVerify(secret, tokens.key('auth'), { algorithms: ['HS256'], audience: use })
    return payload.sub === undefined ? null : tokens.find(payload.sub)
  } catch {
    return null
  }
}
