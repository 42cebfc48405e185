import { join } from 'node:path'
import { destination, pino } from 'pino'
import { Problem } from '../src-contract/problem.ts'
import { createApi } from './api/create-api.ts'
import { openCabinet } from './catalogue/open-cabinet.ts'
import type { DoorNews } from './door/door-message.ts'
import { createDoorService } from './door/door-service.ts'
import type { Send } from './door/send.ts'
import { serveDoor } from './door/serve-door.ts'
import { openPort } from './http/open-port.ts'
import type { Spawn } from './processes/channel.ts'
import type { Parent } from './processes/parent.ts'
import { createRelaySpawn } from './processes/relay-spawn.ts'
import { spawnNode } from './processes/spawn-node.ts'
import { programFolder, programVersion } from './program-folder.ts'
import { serveArguments } from './serve/arguments.ts'

const log = pino({ base: null }, destination({ dest: 2, sync: true }))

/** Opens the cabinet, its API and its port for the desktop app, whose main process asks over the channel. */
export async function openForDesktop(parent: Parent): Promise<void> {
  try {
    await open(parent)
  } catch (error) {
    const known = error instanceof Problem
    if (!known) log.error({ err: error })
    parent.post({
      kind: 'refused',
      message: known ? error.message : `The cabinet could not be opened: ${String(error)}`,
    } satisfies DoorNews)
  }
}

async function open(parent: Parent): Promise<void> {
  const options = serveArguments(process.argv.slice(2))
  if (options === undefined) return
  const { dataDirectory, host, fixed } = options
  const version = programVersion()
  const cabinet = await openCabinet({
    dataDirectory,
    spawn: childSpawn(parent),
    version,
    log: (error) => log.error({ err: error }),
    settings: { fixed },
  })
  let moved = () => {}
  const api = createApi(cabinet, { version, logError: (error, request) => log.error({ err: error, ...request }) })
  // A window whose port could not be opened still works; only other programs cannot reach it.
  const opened = await openPort({
    cabinet,
    api,
    host,
    port: fixed.port,
    version,
    rendererFolder: join(programFolder(), 'out', 'renderer'),
    onSignedIn: () => {},
    onMoved: () => moved(),
  }).catch((error: unknown) => {
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

  serveDoor(parent, {
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
    ...createDoorService(send),
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
