import type { z } from 'zod'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { createChannelLink } from '../link/channel-link.ts'
import { attachOverHttp } from '../link/http-link.ts'
import type { CabinetLink } from '../link/link.ts'
import { LinkNews, type LinkOrder } from '../link/link-message.ts'
import { watchHeartbeat } from '../processes/heartbeat.ts'
import type { Channel, ExitReason } from '../processes/spawn/channel.ts'
import { relayChildren } from '../processes/spawn/relay-children.ts'
import { spawnElectron } from '../processes/spawn/spawn-electron.ts'
import type { Connection } from '../processes/supervisor.ts'
import { spawnCabinet } from './spawn-cabinet.ts'

/** Milliseconds for a cabinet to open, which may include bringing an older database up to date. */
const OPEN_LIMIT = 60_000
/** Milliseconds for it to end when asked to. */
const CLOSE_LIMIT = 1_500

/** The cabinet started and said why it does not open; most often another process has its folder open. */
class Refused extends Problem {}

type ConnectOptions = {
  dataDirectory: string
  port: number | undefined
  signal: AbortSignal
}

/**
 * Starts the cabinet's process; where another one has the data folder open already, attaches to that.
 * @throws Problem with a sentence where neither can be
 */
export async function connectCabinet(options: ConnectOptions): Promise<Connection<CabinetLink>> {
  try {
    return await startCabinet(options)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return await attach(options.dataDirectory).catch(() => {
      throw error
    })
  }
}

async function attach(dataDirectory: string): Promise<Connection<CabinetLink>> {
  const { link, ended, detach } = await attachOverHttp(dataDirectory)
  return {
    value: link,
    ended,
    async close() {
      detach()
      await ended
    },
  }
}

async function startCabinet({ dataDirectory, port, signal }: ConnectOptions): Promise<Connection<CabinetLink>> {
  const channel = spawnCabinet(dataDirectory, port)
  relayChildren(channel, spawnElectron)
  const ended = new Promise<void>((resolve) => channel.onExit(() => resolve()))
  const endpoint = await opened(channel, signal)
  watchHeartbeat(channel, { ping: { kind: 'ping' } satisfies LinkOrder, isLongWork })
  return {
    value: createChannelLink(channel, endpoint),
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
function opened(channel: Channel, signal: AbortSignal) {
  return new Promise<Extract<z.infer<typeof LinkNews>, { kind: 'open' }>['endpoint']>((resolve, reject) => {
    const fail = (problem: Problem) => {
      finish()
      channel.kill()
      reject(problem)
    }
    const timer = setTimeout(
      () => fail(new Problem('unavailable', 'The cabinet did not open within a minute.')),
      OPEN_LIMIT,
    )
    const abort = () => fail(new Problem('unavailable', 'The cabinet is closing.'))
    const stops = [
      channel.onMessage((message) => {
        const news = LinkNews.safeParse(message)
        if (!news.success) return
        if (news.data.kind === 'open') {
          finish()
          resolve(news.data.endpoint)
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

function how({ code, signal, output }: ExitReason): string {
  const end = signal === null ? `it exited with code ${code}` : `it was stopped by ${signal}`
  return output === '' ? end : `${end}: ${output.trim()}`
}
