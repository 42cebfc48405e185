import { LinkNews } from '../link/link-message.ts'
import { how, startCabinet } from '../link/start-cabinet.ts'
import type { HeartbeatTimes } from '../processes/heartbeat.ts'
import type { Channel } from '../processes/spawn/channel.ts'
import { type Connection, supervise } from '../processes/supervisor.ts'
import { endOnSignal } from './end-on-signal.ts'

/** Milliseconds for the cabinet to open; a large database may first have to be brought up to date. */
const OPEN_LIMIT = 600_000

type Options = {
  /** The command line, which is the cabinet's. */
  args: readonly string[]
  spawn(args: readonly string[]): Channel
  heartbeat?: HeartbeatTimes
}

/**
 * Starts the cabinet in a process, says on standard output where it is, and starts it again at the same port when that process crashes or hangs, until it is
 * told to end.
 * @throws Problem where the cabinet does not open the first time
 */
export async function serve({ args, spawn, heartbeat }: Options): Promise<void> {
  let port: string | undefined
  let isEnding = false

  async function connect(signal: AbortSignal) {
    const channel = spawn(port === undefined ? args : [...args, '--again', port])
    const started = await startCabinet(channel, { signal, openLimit: OPEN_LIMIT, heartbeat })
    const { endpoint } = started.opened
    const moveTo = (url: string | null) => {
      if (url !== null) port = new URL(url).port
    }
    moveTo(endpoint.url)
    channel.onMessage((message) => {
      const news = LinkNews.safeParse(message)
      if (news.data?.kind === 'open') moveTo(news.data.endpoint.url)
    })
    void started.ended.then((reason) => {
      // It was told to end, by its own process id.
      if (reason.code === 0) process.exit(0)
      say(`The cabinet's process ended: ${how(reason)}.`)
      if (isEnding) process.exit(1)
    })
    return started
  }

  const first = await connect(new AbortController().signal)
  let next: typeof first | undefined = first
  const supervisor = supervise({
    async connect(signal): Promise<Connection<string>> {
      const started = next ?? (await connect(signal))
      next = undefined
      return { value: started.opened.signInUrl ?? '', ended: started.ended.then(() => {}), close: started.close }
    },
  })
  supervisor.onState(({ state, message, restarts }) => {
    if (state === 'ready' && restarts > 0)
      void supervisor.get().then((signInUrl) => say(`${message} A browser can sign in at ${signInUrl}.`))
    else if (state !== 'ready') say(message)
  })
  endOnSignal((signal) => {
    say(`Ending on ${signal}.`)
    isEnding = true
    return supervisor.close()
  })
  const { endpoint, signInUrl } = first.opened
  const { url, tokenFile, dataDirectory: dataDir } = endpoint
  process.stdout.write(`${JSON.stringify({ url, signInUrl, tokenFile, dataDir, pid: process.pid })}\n`)
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
}
