import { fileURLToPath } from 'node:url'
import type { ChildKind, Spawn } from '../processes/channel.ts'
import { spawnElectron } from '../processes/spawn-electron.ts'
import { createNodeSpawn } from '../processes/spawn-node.ts'
import { loadsStore, nodeProgram } from './node-program.ts'

/** Starts the app's children: utility processes, but a Node of our own for the cabinet where this Electron cannot load the store. */
export function createDesktopSpawn(): Spawn {
  if (loadsStore()) return spawnElectron
  const spawnNode = createNodeSpawn({ execPath: nodeProgram(), entryOf: unpackedEntry })
  return (kind, args) => (kind === 'cabinet' ? spawnNode(kind, args) : spawnElectron(kind, args))
}

/** A plain Node cannot read Electron's archive: there the entries lie beside it too. */
function unpackedEntry(kind: ChildKind): string {
  const entry = fileURLToPath(new URL(`./${kind}.cjs`, import.meta.url))
  return entry.replace(/([\\/])app\.asar([\\/])/, '$1app.asar.unpacked$2')
}
