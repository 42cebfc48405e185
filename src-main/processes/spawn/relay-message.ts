import { z } from 'zod'

/** A process that cannot start children (Electron's utility processes) has the main process start them and pass messages on. */

const id = z.int().nonnegative()

const ExitReason = z.object({ code: z.number().nullable(), signal: z.string().nullable(), output: z.string() })

/** From the process that wants a child. */
export const RelayRequest = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('relay-start'),
    id,
    child: z.enum(['reader', 'runtime', 'served-cabinet']),
    args: z.array(z.string()),
  }),
  z.object({ kind: z.literal('relay-post'), id, message: z.unknown() }),
  z.object({ kind: z.literal('relay-kill'), id }),
])
export type RelayRequest = z.infer<typeof RelayRequest>

/** To the process that wanted it. */
export const RelayReport = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('relay-started'), id, pid: z.number().optional() }),
  z.object({ kind: z.literal('relay-message'), id, message: z.unknown() }),
  z.object({ kind: z.literal('relay-exit'), id, reason: ExitReason }),
])
export type RelayReport = z.infer<typeof RelayReport>
