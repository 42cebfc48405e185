import { z } from 'zod'

/** `GET /configuration` (contract.md 2). */
export const Configuration = z
  .strictObject({
    Features: z.record(z.string(), z.boolean()).meta({ description: 'What this cabinet can do' }),
    MaxUploadSize: z
      .int()
      .positive()
      .meta({ description: 'The largest accepted file in bytes', examples: [2147483648] }),
    SupportedFileTypes: z.array(z.string()).meta({ examples: [['.onnx', '.zip', '.tar', '.tgz', '.tar.gz']] }),
  })
  .meta({ id: 'Configuration' })
export type Configuration = z.infer<typeof Configuration>
