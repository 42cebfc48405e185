import type { z } from 'zod'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { type HeartbeatTimes, watchHeartbeat } from '../processes/heartbeat.ts'
import type { Channel, ExitReason } from '../processes/spawn/channel.ts'
import { LinkNews, type LinkOrder } from './link-message.ts'

/** Milliseconds for it to end when asked to. */
const CLOSE_LIMIT = 1_500

/** The cabinet started and said why it does not open; most often another process has its folder open. */
export class Refused extends Problem {}

type StartOptions = {
  signal: AbortSignal
  /** Milliseconds for it to open, which may include bringing an older database up to date. */
  openLimit: number
  heartbeat?: HeartbeatTimes | undefined
}

type Opened = Extract<z.infer<typeof LinkNews>, { kind: 'open' }>

/** A cabinet's process that is open. */
export type StartedCabinet = {
  opened: Opened
  ended: Promise<ExitReason>
  /** Ends it in order, or at once where it hangs. */
  close(): Promise<void>
}

/**
 * Waits until a cabinet's process is open, and from then on ends it when it hangs; `runSupervised` is the other end.
 * @throws Refused with its sentence where it does not open
 */
export async function startCabinet(
  channel: Channel,
  { signal, openLimit, heartbeat }: StartOptions,
): Promise<StartedCabinet> {
  const ended = new Promise<ExitReason>((resolve) => channel.onExit(resolve))
  const opened = await opens(channel, signal, openLimit)
  watchHeartbeat(channel, { ping: { kind: 'ping' } satisfies LinkOrder, isLongWork }, heartbeat)
  return {
    opened,
    ended,
    async close() {
      channel.post({ kind: 'close' } satisfies LinkOrder)
      const timer = setTimeout(() => channel.kill(), CLOSE_LIMIT)
      await ended
      clearTimeout(timer)
    },
  }
}

const isLongWork = (message: unknown) => LinkNews.safeParse(message).data?.kind === 'long-work'

/** Waits until the cabinet says that it is open. */
function opens(channel: Channel, signal: AbortSignal, limit: number): Promise<Opened> {
  return new Promise((resolve, reject) => {
    const fail = (problem: Problem) => {
      finish()
      channel.kill()
      reject(problem)
    }
    const late = `The cabinet did not open within ${limit / 1000} seconds.`
    const timer = setTimeout(() => fail(new Problem('unavailable', late)), limit)
    const abort = () => fail(new Problem('unavailable', 'The cabinet is closing.'))
    const stops = [
      channel.onMessage((message) => {
        const news = LinkNews.safeParse(message)
        if (!news.success) return
        if (news.data.kind === 'open') {
          finish()
          resolve(news.data)
        } else if (news.data.kind === 'refused') {
          fail(new Refused('unavailable', news.data.message))
        }
      }),
      channel.onExit((exit) => fail(new Problem('unavailable', `The cabinet could not be started (${how(exit)}).`))),
    ]
    signal.addEventListener('abort', abort, { once: true })
    function finish(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      for (const stop of stops) stop()
    }
  })
}

/** How a process ended, as part of a sentence. */
export function how({ code, signal, output }: ExitReason): string {
  const end = signal === null ? `it exited with code ${code}` : `it was stopped by ${signal}`
  return output === '' ? end : `${end}: ${output.trim()}`
}
