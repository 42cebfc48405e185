import { join } from 'node:path'
import { app } from 'electron'
import { unpackedEntry } from '../processes/spawn/bundled-entry.ts'
import type { Channel, Spawn } from '../processes/spawn/channel.ts'
import { spawnElectron } from '../processes/spawn/spawn-electron.ts'
import { createNodeSpawn } from '../processes/spawn/spawn-node.ts'
import { loadsStore, nodeProgram } from './node-program.ts'

/** How the cabinet's process is started, and what that asks for in its turn. */
export type CabinetSpawning = { start: () => Channel; spawn: Spawn }

/**
 * Starts the app's children: utility processes, but a Node of our own for the cabinet where this Electron cannot load the store. The
 * first of those is forked here and now: after `ready` it would inherit sockets of Chromium's processes.
 */
export function prepareCabinet(args: readonly string[]): CabinetSpawning {
  if (loadsStore()) return { spawn: spawnElectron, start: () => spawnElectron('cabinet', args) }
  const spawnNode = createNodeSpawn({
    execPath: nodeProgram(),
    entryOf: unpackedEntry,
    // Half of the time until the cabinet is open was spent on compiling its program anew.
    environment: { NODE_COMPILE_CACHE: join(app.getPath('userData'), 'compiled') },
  })
  let forked: Channel | undefined = spawnNode('cabinet', args)
  const start = () => {
    const channel = forked ?? spawnNode('cabinet', args)
    forked = undefined
    return channel
  }
  return { spawn: spawnElectron, start }
}
