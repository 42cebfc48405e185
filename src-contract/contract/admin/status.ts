import { z } from 'zod'

/** `GET /status`. */
export const OnlineStatus = z.strictObject({ Connected: z.boolean() }).meta({ id: 'OnlineStatus' })
export type OnlineStatus = z.infer<typeof OnlineStatus>
