import { spawn } from 'node:child_process'
import { app, utilityProcess } from 'electron'
import { bundledEntry, unpackedEntry } from '../processes/spawn/bundled-entry.ts'
import { relayChildren } from '../processes/spawn/relay-children.ts'
import { spawnElectron } from '../processes/spawn/spawn-electron.ts'
import { createUtilityChannel } from '../processes/spawn/utility-channel.ts'
import type { Command } from './arguments.ts'
import { loadsStore, nodeProgram } from './node-program.ts'

type CommandLine = Exclude<Command, { name: 'window' }>

/**
 * Does what `npm run serve` and `npm run inspect` do, in the installed app: the same program in a process of its own, with this
 * terminal as its own; the app ends with its exit code.
 */
export function runCommand(command: CommandLine): void {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    process.stderr.write(
      `Electron needs a display, even for this command. Without one, run it from the sources: npm run ${command.name}\n`,
    )
    app.exit(1)
    return
  }
  app.dock?.hide()
  if (loadsStore()) void app.whenReady().then(() => runInUtilityProcess(command))
  else runInNode(command)
}

function runInNode({ name, args }: CommandLine): void {
  // As Electron's own fuse has it: what the environment would load into every Node is not loaded.
  const { NODE_OPTIONS: _, ...environment } = process.env
  const child = spawn(nodeProgram(), [unpackedEntry(name), ...args], { stdio: 'inherit', env: environment })
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`)
    app.exit(1)
  })
  child.on('close', (code) => app.exit(code ?? 1))
  onEnd(() => child.kill('SIGTERM'))
}

function runInUtilityProcess({ name, args }: CommandLine): void {
  const child = utilityProcess.fork(bundledEntry(name), args, { stdio: 'inherit' })
  relayChildren(createUtilityChannel(child), spawnElectron)
  child.on('exit', (code) => app.exit(code))
  onEnd(() => child.kill())
}

/** Told to end (SIGTERM, Ctrl-C), Electron quits; the program is told instead, and its end is ours. */
function onEnd(end: () => void): void {
  app.on('before-quit', (event) => {
    event.preventDefault()
    end()
  })
}
