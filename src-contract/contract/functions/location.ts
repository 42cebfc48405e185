import { z } from 'zod'

/** `GET /admin/function/{uuid}/location`: where a model lies on this machine. */
export const ModelLocation = z
  .strictObject({
    Path: z.string().meta({ description: 'The model file; its name is its SHA-256 where the cabinet keeps a copy' }),
    External: z.array(z.strictObject({ Location: z.string(), Path: z.string() })).meta({
      description: 'Its external files, by the location given in the model; a runtime expects them next to the model',
    }),
  })
  .meta({ id: 'ModelLocation' })
export type ModelLocation = z.infer<typeof ModelLocation>
