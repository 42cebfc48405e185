import { z } from 'zod'

/** The body of `POST /auth/authenticate/signin` (contract.md 7). */
export const SignInRequest = z
  .strictObject({
    Email: z
      .string()
      .max(1_000)
      .meta({ description: 'Anything', examples: ['ada@example.org'] }),
    Password: z.string().max(1_000).meta({ description: 'A token of this cabinet' }),
  })
  .meta({ id: 'SignInRequest' })
export type SignInRequest = z.infer<typeof SignInRequest>

/** The body of `POST /auth/authenticate/refresh-token`; without one an AccessToken is meant. */
export const RefreshRequest = z
  .strictObject({ GrantType: z.enum(['AccessToken', 'RefreshToken']).optional() })
  .meta({ id: 'RefreshRequest' })
export type RefreshRequest = z.infer<typeof RefreshRequest>

export const SignedTokens = z
  .strictObject({
    AccessToken: z.string().optional().meta({ description: 'As good as a token, for 15 minutes' }),
    RefreshToken: z.string().optional().meta({ description: 'Gives AccessTokens, for 30 days' }),
  })
  .meta({ id: 'SignedTokens' })
export type SignedTokens = z.infer<typeof SignedTokens>
