import { execFile } from 'node:child_process'
import { copyFile, mkdir, readFile, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { type AfterPackContext, build, type Configuration, Platform } from 'electron-builder'
import { z } from 'zod'
import { ensureBuilt } from './ensure-built.ts'
import { findElectron } from './find-electron.ts'

// `npm run dist`: the app as a folder and a tar.gz, from the Electron that is found here (`-- --folder-only`: no tar.gz).
// `npm run dist -- --installers`: this system's installers, from the official Electron that electron-builder downloads.

/** The first Electron whose Node-API (10) loads better-sqlite3. */
const FIRST_WITH_STORE = 36

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '..')
const say = (sentence: string) => process.stderr.write(`${sentence}\n`)

process.exitCode = await dist().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error))
  return 1
})

async function dist(): Promise<number> {
  const { values } = parseArgs({
    options: { installers: { type: 'boolean' }, 'folder-only': { type: 'boolean' }, output: { type: 'string' } },
  })
  await ensureBuilt(root, say)
  const config: Configuration = values.output === undefined ? {} : { directories: { output: resolve(values.output) } }
  if (values.installers) {
    const made = await build({ projectDir: root, publish: 'never', config })
    for (const path of made) say(path)
    return 0
  }
  const made = await folder(config)
  if (!values['folder-only']) say(await archive(made))
  say(made)
  return 0
}

async function folder(config: Configuration): Promise<string> {
  const electron = await findElectron(process.env, say)
  if (electron === undefined) throw new Error('The app needs an Electron to be packed with.')
  say(`Packing with ${electron.description}.`)
  const { executable } = electron
  const electronDist = process.platform === 'darwin' ? resolve(dirname(executable), '../../..') : dirname(executable)
  const electronVersion = (await readFile(join(electronDist, 'version'), 'utf8')).trim().replace(/^v/, '')
  const old = Number.parseInt(electronVersion, 10) < FIRST_WITH_STORE
  let made = ''
  await build({
    projectDir: root,
    publish: 'never',
    targets: Platform.current().createTarget('dir'),
    config: {
      ...config,
      electronDist,
      electronVersion,
      ...(old && { asarUnpack: ['out/**', 'node_modules/**', 'package.json'] }),
      async afterPack(context) {
        made = context.appOutDir
        // The loader of an Electron that was prepared for development.
        await rm(join(made, 'resources', 'app'), { recursive: true, force: true })
        if (old) await addNode(context)
      },
    },
  })
  return made
}

/** By the system's own tar, which Windows has too: electron-builder would download a program for it. */
async function archive(folder: string): Promise<string> {
  const path = join(dirname(folder), `model-cabinet-${await ownVersion()}-${process.platform}-${process.arch}.tar.gz`)
  await run('tar', ['-czf', path, '-C', dirname(folder), basename(folder)])
  return path
}

async function ownVersion(): Promise<string> {
  const text = await readFile(join(root, 'package.json'), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
}

/** An old Electron cannot load the store: this Node comes along and runs the cabinet. What it runs cannot lie in an archive. */
async function addNode({ appOutDir }: AfterPackContext): Promise<void> {
  const folder = join(appOutDir, 'resources', 'node')
  await mkdir(folder)
  await copyFile(process.execPath, join(folder, basename(process.execPath)))
}
