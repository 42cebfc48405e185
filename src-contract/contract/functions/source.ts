import { z } from 'zod'
import { line } from '../../util/text.ts'

/** So many sources are listed: of more, those that most functions have. */
export const LISTED_SOURCES = 10_000

/** A source in use (operation 17). */
export const Source = z
  .strictObject({ Name: z.string().nullable(), Url: z.string().nullable(), Count: z.int().positive() })
  .meta({ id: 'Source' })
export type Source = z.infer<typeof Source>

export const SourceKind = z
  .enum(['hugging-face', 'mlflow', 'genai', 'ultralytics', 'optimum', 'folder', 'web', 'edge-impulse'])
  .meta({ description: 'What kind of place or tool a model comes from' })
export type SourceKind = z.infer<typeof SourceKind>

const text = z.string().nullable()

/** Where a model comes from, as far as that is known. */
export const FunctionSource = z.strictObject({
  Name: text.meta({ examples: ['onnx-community/silero-vad'] }),
  Url: text,
  Kind: SourceKind.nullable(),
  Revision: text.meta({ description: 'A commit, run or version of the source' }),
  Role: text.meta({ description: 'Which part of a source of several models it is: decoder, encoder, embedding …' }),
  Task: text.meta({ examples: ['image-classification'] }),
  BaseModel: text.meta({ description: 'The model that this one was made from', examples: ['google/vit-base'] }),
})
export type FunctionSource = z.infer<typeof FunctionSource>

/** An SPDX expression where there is one for the licence. */
export const Licence = line(100).transform((text) => text.trim())

const tag = line(100)
  .transform((text) => text.trim())
  .pipe(
    z
      .string()
      .min(1, 'must not be empty')
      .regex(/^[^,]*$/, 'must not contain a comma'),
  )

export const Tags = z
  .array(tag)
  .max(100)
  .transform((tags) => [...new Set(tags)])
