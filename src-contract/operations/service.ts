import { z } from 'zod'
import { RefreshRequest, SignedTokens, SignInRequest } from '../contract/admin/auth.ts'
import { Configuration } from '../contract/admin/configuration.ts'
import { OnlineStatus } from '../contract/admin/status.ts'
import { Statistics } from '../contract/functions/statistics.ts'
import { get, none, type Operation, post, SECOND } from './operation.ts'

/** The service as a whole: operations 6, 7 and 19 (contract.md 1). */
export const globalOperations = {
  getConfiguration: {
    ...get,
    path: '/configuration',
    tag: 'Global',
    limit: 1 * SECOND,
    summary: 'Return configured parameters for service',
    answer: Configuration,
    returns: 'The configuration',
  },
  getStatistics: {
    ...get,
    path: '/functions/statistics',
    tag: 'Global',
    summary: 'Return statistics for all functions',
    conditional: 'database',
    answer: Statistics,
    returns: 'Numbers over all functions',
  },
  getStatus: {
    ...get,
    path: '/status',
    tag: 'Cloud',
    scope: null,
    summary: 'Return the online status of the service',
    answer: OnlineStatus,
    returns: 'The service answers',
  },
} satisfies Record<string, Operation>

const refused = {
  401: 'The token is missing, unknown, revoked or expired',
  403: 'The token may not do this, or the request comes from a foreign page',
}

/** As much of the cloud's sign-in as its official client needs (contract.md 7). */
export const authOperations = {
  signIn: {
    ...post,
    path: '/auth/authenticate/signin',
    tag: 'Auth',
    scope: null,
    summary: 'Sign in with a token',
    body: SignInRequest,
    answer: SignedTokens,
    returns: 'A RefreshToken',
    errors: refused,
  },
  refreshToken: {
    ...post,
    path: '/auth/authenticate/refresh-token',
    tag: 'Auth',
    scope: 'refresh',
    summary: 'Exchange a RefreshToken for an AccessToken or a new RefreshToken',
    body: RefreshRequest.optional(),
    answer: SignedTokens,
    returns: 'The token asked for',
  },
} satisfies Record<string, Operation>

const query = z.strictObject({
  private: z.enum(['true', 'false']).optional().meta({ description: 'Shows the private sections too: Admin and IPC' }),
})

/** Operation 18: the document for programs and for people. */
export const documentOperations = {
  getOpenApi: {
    ...get,
    path: '/openapi.json',
    tag: 'OpenAPI',
    scope: null,
    summary: 'Return the OpenAPI documentation',
    query,
    answer: z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) }),
    returns: 'The document (OpenAPI 3.1)',
  },
  getOpenApiPage: {
    ...get,
    path: '/openapi.html',
    tag: 'OpenAPI',
    scope: null,
    limit: null,
    summary: 'Return the documentation as a page for people',
    query,
    answer: none,
    answerHeaders: z.object({ 'Content-Security-Policy': z.string() }),
    answerTypes: { 'text/html': { schema: { type: 'string' } } },
    returns: 'The page',
  },
} satisfies Record<string, Operation>
