import { connectParent } from '../child/parent.ts'
import type { Spawn } from './channel.ts'
import { createRelaySpawn } from './relay-spawn.ts'
import { spawnNode } from './spawn-node.ts'

/** Starts children from any process of the project: a utility process of Electron has the main process do it, a Node does it itself. */
export const spawnChild: Spawn = (kind, args) => {
  spawn ??= 'parentPort' in process && process.parentPort ? createRelaySpawn(connectParent()) : spawnNode
  return spawn(kind, args)
}

let spawn: Spawn | undefined
