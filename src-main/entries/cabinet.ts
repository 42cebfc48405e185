import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { log } from '../files/log.ts'
import { makeForOwnerOnly } from '../files/owner-only.ts'
import type { LinkNews } from '../link/link-message.ts'
import { createCabinetLinkService } from '../link/link-service.ts'
import type { Send } from '../link/send.ts'
import { serveLink } from '../link/serve-link.ts'
import { connectParent, type Parent } from '../processes/child/parent.ts'
import { watchParent } from '../processes/child/parent-watch.ts'
import type { Spawn } from '../processes/spawn/channel.ts'
import { createRelaySpawn } from '../processes/spawn/relay-spawn.ts'
import { spawnNode } from '../processes/spawn/spawn-node.ts'
import { serveArguments } from '../serve/arguments.ts'
import { openProgram } from '../serve/open-program.ts'

// The cabinet's process of the desktop app: the cabinet, its API and its port, for the main process, which asks over the channel.

makeForOwnerOnly()
watchParent()
// Ctrl-C in a terminal goes to every process of the app; the main process closes this one in order.
process.on('SIGINT', () => {})
const parent = connectParent()
open(parent).catch((error: unknown) => {
  const known = error instanceof Problem
  if (!known) log.error({ err: error })
  parent.post({
    kind: 'refused',
    message: known ? error.message : `The cabinet could not be opened: ${String(error)}`,
  } satisfies LinkNews)
})

async function open(parent: Parent): Promise<void> {
  const options = serveArguments(process.argv.slice(2))
  if (options === undefined) return
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
  const close = async () => {
    await opened?.close()
    await cabinet.close()
    process.exit(0)
  }
  process.on('SIGTERM', () => void close())

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
    close: () => void close(),
  })
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
