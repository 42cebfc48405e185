import { z } from 'zod'
import { LEFT_OUT } from '../../words/left-out.ts'

/** Patterns of files and folders that an import or a watch leaves out. */
export const Exclude = z
  .array(z.string().min(1).max(500))
  .max(100)
  .meta({
    description:
      'Patterns with `*`, `?` and `**` of files and folders to leave out: one without a slash names them anywhere, one with a slash by their path below the folder. ' +
      `Left out by default: ${LEFT_OUT.join(', ')}; \`!.git\` takes one of these away`,
  })
