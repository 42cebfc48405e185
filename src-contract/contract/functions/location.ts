import { z } from 'zod'

/** `GET /admin/function/{uuid}/location`: where a model lies on this machine. */
export const ModelLocation = z
  .strictObject({
    Path: z.string().meta({ description: 'The model file; its name is its SHA-256 where the cabinet keeps a copy' }),
    External: z.array(z.strictObject({ Location: z.string(), Path: z.string() })).meta({
      description: 'Its external files, by the location that the model writes; a runtime wants them beside the model',
    }),
  })
  .meta({ id: 'ModelLocation' })
export type ModelLocation = z.infer<typeof ModelLocation>
