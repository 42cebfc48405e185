import { log } from '../files/log.ts'
import type { LinkNews } from '../link/link-message.ts'
import { createCabinetLinkService } from '../link/link-service.ts'
import { runSupervised } from '../link/run-supervised.ts'
import type { Send } from '../link/send.ts'
import { serveLink } from '../link/serve-link.ts'
import type { Parent } from '../processes/child/parent.ts'
import type { Spawn } from '../processes/spawn/channel.ts'
import { createRelaySpawn } from '../processes/spawn/relay-spawn.ts'
import { spawnNode } from '../processes/spawn/spawn-node.ts'
import { serveArguments } from '../serve/arguments.ts'
import { openProgram } from '../serve/open-program.ts'

// The cabinet's process of the desktop app: the cabinet, its API and its port, for the main process, which asks over the channel.

runSupervised(open)

async function open(parent: Parent): Promise<{ close(): Promise<void> }> {
  const options = serveArguments(process.argv.slice(2))
  if (options === undefined) process.exit(0)
  const { cabinet, api, version, openPort } = await openProgram(options, childSpawn(parent), () =>
    parent.post({ kind: 'long-work' } satisfies LinkNews),
  )
  let moved = () => {}
  // A window whose port could not be opened still works; only other programs cannot reach it.
  const news = { onSignedIn() {}, onMoved: () => moved() }
  const opened = await openPort(news).catch((error: unknown) => {
    log.warn({ err: error }, 'The port could not be opened.')
    return undefined
  })

  const caller = { name: 'desktop', scope: 'admin' } as const
  const send: Send = async (method, path, { headers, body, signal }) =>
    api.fetch(
      new Request(`http://cabinet${path}`, {
        method,
        signal,
        ...(headers && { headers }),
        ...(body !== undefined && { body, duplex: 'half' }),
      }),
      { caller },
    )
  serveLink(parent, {
    endpoint: () => ({
      url: opened?.url ?? null,
      tokenFile: cabinet.tokens.tokenFile,
      dataDirectory: cabinet.dataDirectory,
      attached: false,
      version,
    }),
    onMoved(listener) {
      moved = listener
    },
    ...createCabinetLinkService(send),
    subscribe: (listener) => cabinet.events.subscribe(listener),
  })
  return {
    async close() {
      await opened?.close()
      await cabinet.close()
    },
  }
}

/**
 * ONNX Runtime runs in processes of Electron, which the main process starts. The reader needs the same SQLite as we: a plain Node
 * starts it by itself, a utility process has the main process start it.
 */
function childSpawn(parent: Parent): Spawn {
  const relay = createRelaySpawn(parent)
  if (process.send === undefined) return relay
  return (kind, args) => (kind === 'reader' ? spawnNode(kind, args) : relay(kind, args))
}
