import { utilityProcess } from 'electron'
import { PARENT_PID } from '../child/parent-watch.ts'
import { bundledEntry } from './bundled-entry.ts'
import { keepsLog, type Spawn } from './channel.ts'
import { createUtilityChannel } from './utility-channel.ts'

/**
 * Starts children as Electron's utility processes. Only the main process can, and only after `ready`.
 * The cabinet's standard error is ours, since its log goes there; the others' is kept back but for its tail.
 */
export const spawnElectron: Spawn = (kind, args = []) =>
  createUtilityChannel(
    utilityProcess.fork(bundledEntry(kind), [...args], {
      serviceName: `Model Cabinet ${kind}`,
      stdio: ['ignore', 'ignore', keepsLog(kind) ? 'inherit' : 'pipe'],
      env: { ...process.env, [PARENT_PID]: String(process.pid) },
    }),
  )
