import { z } from 'zod'

/** The colours of the window; by itself, since the main process reads it before it loads anything else. */
export const Theme = z.enum(['system', 'light', 'dark'])
export type Theme = z.infer<typeof Theme>
