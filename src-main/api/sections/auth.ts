import { createRoute } from '@hono/zod-openapi'
import { SignJWT } from 'jose'
import { RefreshRequest, SignedTokens, SignInRequest } from '../../../src-contract/contract/admin/auth.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import type { TokenService } from '../../cabinet/tokens/token-service.ts'
import { type SignedUse, signed } from '../middleware/authorise.ts'
import { deadline } from '../middleware/deadline.ts'
import { jsonBody, jsonIfAny } from '../middleware/json-body.ts'
import { answer, bodyRefusals, createSection, json, noQuery, refusals } from '../middleware/operation.ts'

const tags = ['Auth']
const lifetime: Record<SignedUse, string> = { access: '15m', refresh: '30d' }

/** As much of the cloud's sign-in as its official client needs (contract.md 7). */
export function authSection({ tokens }: Cabinet) {
  return createSection()
    .openapi(
      createRoute({
        operationId: 'signIn',
        security: [],
        middleware: [deadline('signIn'), jsonBody],
        method: 'post',
        path: '/auth/authenticate/signin',
        tags,
        summary: 'Sign in by a token',
        request: { query: noQuery, body: { required: true, content: json(SignInRequest) } },
        responses: { 200: answer(SignedTokens, 'A RefreshToken'), ...refusals, ...bodyRefusals },
      }),
      async (context) => {
        const uuid = tokens.identify(context.req.valid('json').Password)
        if (uuid === null)
          throw refused('The Password must be a token of this cabinet, and this one is unknown or was revoked.')
        return context.json({ RefreshToken: await sign(tokens, uuid, 'refresh') }, 200)
      },
    )
    .openapi(
      createRoute({
        operationId: 'refreshToken',
        security: [{ User: [] }],
        middleware: [deadline('refreshToken'), jsonIfAny],
        method: 'post',
        path: '/auth/authenticate/refresh-token',
        tags,
        summary: 'Get an AccessToken, or a new RefreshToken, by a RefreshToken',
        request: { query: noQuery, body: { content: json(RefreshRequest) } },
        responses: { 200: answer(SignedTokens, 'The token asked for'), ...refusals, ...bodyRefusals },
      }),
      async (context) => {
        const secret = /^Bearer +(\S+) *$/i.exec(context.req.header('authorization') ?? '')?.[1] ?? ''
        const caller = await signed(tokens, secret, 'refresh')
        if (!caller) throw refused('A RefreshToken is needed, and this is none or is out of date: sign in again.')
        if (context.req.valid('json').GrantType === 'RefreshToken') {
          return context.json({ RefreshToken: await sign(tokens, caller.uuid, 'refresh') }, 200)
        }
        return context.json({ AccessToken: await sign(tokens, caller.uuid, 'access') }, 200)
      },
    )
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
