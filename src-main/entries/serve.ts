import { Console } from 'node:console'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { goToCallersFolder } from '../files/callers-folder.ts'
import type { Channel } from '../processes/spawn/channel.ts'
import { relayChildren } from '../processes/spawn/relay-children.ts'
import { spawnChild } from '../processes/spawn/spawn-child.ts'
import { serveArguments } from '../serve/arguments.ts'
import { serve } from '../serve/serve.ts'

// The cabinet without a window: `npm run serve`. Standard output carries one line of JSON and nothing else, so whatever
// a library prints goes to the log.
globalThis.console = new Console(process.stderr, process.stderr)

goToCallersFolder('serve')
const args = process.argv.slice(2)
start().catch((error: unknown) => {
  const sentence = error instanceof Problem ? error.message : `The cabinet could not be opened: ${error}`
  process.stderr.write(`${sentence}\n`)
  process.exitCode = 1
})

async function start(): Promise<void> {
  if (serveArguments(args)) await serve({ args, spawn })
}

function spawn(given: readonly string[]): Channel {
  const channel = spawnChild('served-cabinet', given)
  relayChildren(channel, spawnChild)
  return channel
}
