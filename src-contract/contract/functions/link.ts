import { z } from 'zod'
import { Uuid } from '../../util/identifiers.ts'
import { name } from '../../util/text.ts'
import { oneOf } from './one-of.ts'

const EdgeImpulseLink = z
  .strictObject({
    ApiKey: z
      .string()
      .regex(/^[\x21-\x7e]{1,500}$/, 'must be a key without spaces')
      .meta({ description: 'Kept encrypted and never given back' }),
    ProjectID: z
      .union([z.int().positive(), z.string().regex(/^[1-9]\d{0,14}$/, 'must be a whole number')])
      .meta({ examples: [12345] }),
  })
  .meta({ id: 'EdgeImpulseLink' })

/** Where a file or a repository of the Hub of Hugging Face is. */
export const HUB_ADDRESS = /^hf:\/\/(\w[\w.-]*\/\w[\w.-]*)(?:@([^/?#]+))?(?:\/([^?#]*))?$/i

/** The body of `POST /functions/link` (contract.md 5): one of the three kinds. */
export const LinkRequest = oneOf(
  z.strictObject({
    EdgeImpulse: EdgeImpulseLink.optional(),
    Url: z
      .url({ protocol: /^(https?|hf)$/, error: 'must be an http or https address, or hf://organisation/repository' })
      .max(4_096)
      .refine((url) => !/^hf:/i.test(url) || HUB_ADDRESS.test(url), {
        message: 'must have the form hf://organisation/repository[@revision][/file]',
      })
      .optional()
      .meta({
        description:
          'A model with its data files, or `hf://organisation/repository[@revision][/file]` on the Hub of Hugging Face; without a file, every model of the repository',
        examples: ['https://example.com/models/detector.onnx'],
      }),
    Path: z
      .string()
      .min(1)
      .max(4_096)
      .optional()
      .meta({ description: 'A file on this machine; desktop and admin tokens only' }),
    Name: name.optional(),
    Catalogues: z.array(Uuid).max(1_000).optional(),
  }),
  'LinkRequest',
  ['EdgeImpulse', 'Url', 'Path'],
)
export type LinkRequest = z.infer<typeof LinkRequest>

/** The body of `PATCH /function/{uuid}/link`, whatever the kind of the link. */
export const LinkUpdate = z
  .strictObject({
    EdgeImpulse: z.boolean().meta({ description: 'true fetches again, false unlinks and keeps the file' }),
  })
  .meta({ id: 'LinkUpdate' })
export type LinkUpdate = z.infer<typeof LinkUpdate>

/** `SyncInformation` of a linked function (contract.md 2). One of `Url`, `Path` and `ProjectID`; parts that are secrets are `***`. */
export type SyncInformation = {
  Kind: 'EdgeImpulse' | 'Url' | 'Path'
  Url?: string
  Path?: string
  ProjectID?: number
  DownloadedAt: string | null
  ETag: string | null
  Message: string
}
