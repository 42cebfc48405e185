import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isTiny } from './sized.ts'

// `npm run bench [-- NAME…] [--tiny]`: each benchmark prints its figures next to a named reference measured in the same run.

const notBenchmarks = ['index.ts', 'sized.ts', 'table.ts', 'search-classes.ts']

/** What runs without a name: minutes, not hours. */
const usual = ['upload', 'http-list', 'inspect']

const given = process.argv.slice(2)
const firstOption = given.findIndex((one) => one.startsWith('-'))
const asked = firstOption < 0 ? given : given.slice(0, firstOption)
/** What follows the names is the benchmarks' own matter: `npm run bench -- search --rows 1000000`. */
const options = (firstOption < 0 ? [] : given.slice(firstOption)).filter((option) => option !== '--tiny')
const names = asked.length > 0 ? asked : isTiny ? await known() : usual
// A child that is waited for does not keep this process running: its channel is unreferenced.
const running = setInterval(() => {}, 60_000)
for (const name of names) {
  const run = await benchmark(name)
  if (!run) {
    console.error(`There is no benchmark "${name}". There are: ${(await known()).join(', ')}.`)
    process.exitCode = 1
    break
  }
  console.log(`\n── ${name}`)
  await run()
}
clearInterval(running)

async function benchmark(name: string): Promise<(() => Promise<unknown>) | undefined> {
  if (!(await known()).includes(name)) return undefined
  const module: { run?: unknown } = await import(pathToFileURL(join(import.meta.dirname, `${name}.ts`)).href)
  const { run } = module
  return typeof run === 'function' ? async () => run(options) : undefined
}

async function known(): Promise<string[]> {
  const files = await readdir(import.meta.dirname)
  return files
    .filter((file) => /^[a-z-]+\.ts$/.test(file) && !notBenchmarks.includes(file))
    .map((file) => file.slice(0, -3))
}
