import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { NewToken, Token, TokenRequest } from '../../../src-contract/contract/admin/token.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import {
  answer,
  bodyRefusals,
  byUuid,
  conflict,
  createSection,
  done,
  doneBody,
  guarded,
  guardedWithJson,
  json,
  missing,
  noQuery,
  refusals,
} from '../middleware/operation.ts'

const tags = ['Admin']

/** Who may call (contract.md 7). */
export function tokenSection({ tokens }: Cabinet) {
  return createSection()
    .openapi(
      createRoute({
        ...guarded(tokens, 'listTokens', 'admin'),
        method: 'get',
        path: '/admin/tokens',
        tags,
        summary: 'Return the tokens, without their secrets',
        request: { query: noQuery },
        responses: { 200: answer(z.array(Token), 'The tokens'), ...refusals },
      }),
      (context) => context.json(tokens.list(), 200),
    )
    .openapi(
      createRoute({
        ...guardedWithJson(tokens, 'addToken', 'admin'),
        method: 'post',
        path: '/admin/tokens',
        tags,
        summary: 'Make a token',
        description: 'Its secret is in this answer and nowhere else.',
        request: { query: noQuery, body: { required: true, content: json(TokenRequest) } },
        responses: { 200: answer(NewToken, 'The new token'), ...refusals, ...bodyRefusals },
      }),
      (context) => context.json(tokens.create(context.var.caller, context.req.valid('json')), 200),
    )
    .openapi(
      createRoute({
        ...guarded(tokens, 'revokeToken', 'admin'),
        method: 'delete',
        path: '/admin/tokens/{uuid}',
        tags,
        summary: 'Revoke a token',
        request: { params: byUuid, query: noQuery },
        responses: {
          ...done,
          ...refusals,
          ...missing,
          ...conflict('The first token is replaced by removing its file'),
        },
      }),
      (context) => {
        tokens.revoke(context.var.caller, context.req.valid('param').uuid)
        return context.json(doneBody, 200)
      },
    )
}
