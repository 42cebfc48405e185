import { execFile, execFileSync } from 'node:child_process'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Served, startServe } from '../src-main/serve/testing/start-serve.ts'

// Protects whoever copies a recipe: README.md and docs/api.md run as they are, from the first to the last, by bash and by Python,
// against a `serve` with an empty data folder. A block that cannot run here says `untested` after its language.

const root = join(import.meta.dirname, '..')

let home: string
let served: Served | undefined
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'recipes-'))
  await cp(join(root, 'examples'), join(home, 'examples'), { recursive: true })
})
afterEach(async () => {
  await served?.end('SIGTERM')
  await rm(home, { recursive: true, force: true })
})

function canImport(modules: string): boolean {
  try {
    execFileSync('python3', ['-c', `import ${modules}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const hasPython = canImport('json')
const hasPackages = canImport('requests, numpy')
if (!hasPython) console.info('The recipes are not run: there is no python3, which they read JSON with.')
else if (!hasPackages) console.info('The recipes in Python are not run: python3 has no requests and numpy.')

/** The blocks of a document in one program for bash. A block in Python follows those before it, since it builds on them. */
function programOf(document: string): string {
  const python: string[] = []
  const parts = [...document.matchAll(/^```(sh|python)\n(.*?)^```$/gms)].map(([, language, text = '']) => {
    if (language === 'sh') return text
    python.push(text)
    return hasPackages ? `python3 - <<'PYTHON'\n${python.join('')}PYTHON\n` : ''
  })
  return parts.join('')
}

const ended = promisify(execFile)

it.skipIf(process.platform === 'win32' || !hasPython).each(['README.md', 'docs/api.md'])('%s', async (path) => {
  const document = await readFile(join(root, path), 'utf8')
  expect(document).not.toMatch(/^ {4}(api|curl|npm|python3) /m)
  served = await startServe('--data', join(home, '.local/share/model-cabinet'))
  // Every command is traced, so that a failure names the one that failed: the last of them.
  const env = { ...process.env, HOME: home, TMPDIR: home }
  const options = { cwd: home, env, timeout: 120_000, maxBuffer: 64 * 1024 * 1024 }
  await ended('bash', ['-euxo', 'pipefail', '-c', programOf(document)], options)
})
