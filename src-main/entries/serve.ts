import { Console } from 'node:console'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { goToCallersFolder } from '../files/callers-folder.ts'
import { makeForOwnerOnly } from '../files/owner-only.ts'
import { serveArguments } from '../serve/arguments.ts'
import { serve } from '../serve/serve.ts'

// The cabinet without a window: `npm run serve`. Standard output carries one line of JSON and nothing else, so whatever
// a library prints goes to the log.
globalThis.console = new Console(process.stderr, process.stderr)

goToCallersFolder('serve')
makeForOwnerOnly()
start().catch((error: unknown) => {
  const sentence = error instanceof Problem ? error.message : `The cabinet could not be opened: ${error}`
  process.stderr.write(`${sentence}\n`)
  process.exitCode = 1
})

async function start(): Promise<void> {
  const options = serveArguments(process.argv.slice(2))
  if (options) await serve(options)
}
