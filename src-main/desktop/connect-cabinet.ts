import { createChannelLink } from '../link/channel-link.ts'
import { attachOverHttp } from '../link/http-link.ts'
import type { CabinetLink } from '../link/link.ts'
import { Refused, startCabinet } from '../link/start-cabinet.ts'
import { relayChildren } from '../processes/spawn/relay-children.ts'
import { spawnElectron } from '../processes/spawn/spawn-electron.ts'
import type { Connection } from '../processes/supervisor.ts'
import { spawnCabinet } from './spawn-cabinet.ts'

/** Milliseconds for a cabinet to open, which may include bringing an older database up to date. */
const OPEN_LIMIT = 60_000

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
    return await start(options)
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

async function start({ dataDirectory, port, signal }: ConnectOptions): Promise<Connection<CabinetLink>> {
  const channel = spawnCabinet(dataDirectory, port)
  relayChildren(channel, spawnElectron)
  const { opened, ended, close } = await startCabinet(channel, { signal, openLimit: OPEN_LIMIT })
  return { value: createChannelLink(channel, opened.endpoint), ended: ended.then(() => {}), close }
}
