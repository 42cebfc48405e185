import { join } from 'node:path'
import { app } from 'electron'
import { unpackedEntry } from '../processes/spawn/bundled-entry.ts'
import type { Channel } from '../processes/spawn/channel.ts'
import { spawnElectron } from '../processes/spawn/spawn-electron.ts'
import { createNodeSpawn } from '../processes/spawn/spawn-node.ts'
import { loadsStore, nodeProgram } from './node-program.ts'

/** Starts the cabinet's process: a utility process, or a Node that comes with the app where this Electron cannot load the store. */
export function spawnCabinet(dataDirectory: string, port: number | undefined): Channel {
  const args = ['--data', dataDirectory, ...(port === undefined ? [] : ['--port', String(port)])]
  if (loadsStore()) return spawnElectron('cabinet', args)
  const spawnNode = createNodeSpawn({
    execPath: nodeProgram(),
    entryOf: unpackedEntry,
    // Compiling its program anew would take half of the time until the cabinet is open.
    environment: { NODE_COMPILE_CACHE: join(app.getPath('userData'), 'compiled') },
  })
  return spawnNode('cabinet', args)
}
