import { z } from 'zod'

const Origin = z
  .string()
  .max(300)
  .refine(
    (text) => /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text,
    'must be an exact origin, such as https://huggingface.co',
  )
  .meta({ description: 'The origin of the server', examples: ['https://huggingface.co'] })

/** A server that links are fetched from with a token, as `GET /admin/host-tokens` lists it. */
export const HostToken = z.strictObject({ Origin }).meta({ id: 'HostToken' })
export type HostToken = z.infer<typeof HostToken>

/** The body of `POST /admin/host-tokens`; the query of `DELETE` is the same without the token. */
export const HostTokenRequest = z
  .strictObject({
    Origin,
    Token: z
      .string()
      .regex(/^[\x21-\x7e]{1,4000}$/, 'must be a token without spaces')
      .meta({ description: 'Kept encrypted and never given back' }),
  })
  .meta({ id: 'HostTokenRequest' })
export type HostTokenRequest = z.infer<typeof HostTokenRequest>
