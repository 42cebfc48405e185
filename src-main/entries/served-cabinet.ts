import { runSupervised } from '../link/run-supervised.ts'
import { serveArguments } from '../serve/arguments.ts'
import { serveCabinet } from '../serve/serve-cabinet.ts'

// The cabinet's process of `npm run serve`, which watches it.

runSupervised((parent) => {
  const options = serveArguments(process.argv.slice(2))
  if (options === undefined) process.exit(0)
  return serveCabinet(parent, options)
})
