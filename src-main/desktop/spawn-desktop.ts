import { unpackedEntry } from '../processes/bundled-entry.ts'
import type { Spawn } from '../processes/channel.ts'
import { spawnElectron } from '../processes/spawn-electron.ts'
import { createNodeSpawn } from '../processes/spawn-node.ts'
import { loadsStore, nodeProgram } from './node-program.ts'

/** Starts the app's children: utility processes, but a Node of our own for the cabinet where this Electron cannot load the store. */
export function createDesktopSpawn(): Spawn {
  if (loadsStore()) return spawnElectron
  const spawnNode = createNodeSpawn({ execPath: nodeProgram(), entryOf: unpackedEntry })
  return (kind, args) => (kind === 'cabinet' ? spawnNode(kind, args) : spawnElectron(kind, args))
}
