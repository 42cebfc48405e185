import { z } from 'zod'
import { CabinetEvent } from '../../src-contract/contract/admin/event.ts'
import { Endpoint } from '../../src-contract/contract/desktop/bridge.ts'

/** From the main process to the cabinet's, beside the tasks of `linkTasks`. */
export const LinkOrder = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cancel'), id: z.number() }),
  z.object({ kind: z.literal('close') }),
  z.object({ kind: z.literal('ping') }),
])
export type LinkOrder = z.infer<typeof LinkOrder>

/** From the cabinet's process to the main process, beside the replies to tasks. */
export const LinkNews = z.discriminatedUnion('kind', [
  /** When it has opened, and again when its endpoint is another one. */
  z.object({ kind: z.literal('open'), endpoint: Endpoint, signInUrl: z.string().optional() }),
  z.object({ kind: z.literal('refused'), message: z.string() }),
  z.object({ kind: z.literal('pong') }),
  /** It will answer nothing for a while. */
  z.object({ kind: z.literal('long-work') }),
  z.object({ kind: z.literal('event'), event: CabinetEvent }),
])
export type LinkNews = z.infer<typeof LinkNews>
