import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../../..')
const require = createRequire(import.meta.url)

/**
 * Lays the built app out in a folder so that its cabinet and its readers run as utility processes in an Electron that cannot load
 * better-sqlite3: SQLite's native code alone runs in a Node. @returns variables that the app needs
 */
export async function makeUtilityApp(folder: string): Promise<Record<string, string>> {
  for (const path of ['out', 'examples', 'build']) await cp(join(root, path), join(folder, path), { recursive: true })
  await cp(join(import.meta.dirname, 'main.cjs'), join(folder, 'main.cjs'))
  const about: object = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  await writeFile(join(folder, 'package.json'), JSON.stringify({ ...about, type: 'commonjs', main: 'main.cjs' }))

  const modules = join(folder, 'node_modules')
  const sqlite = dirname(require.resolve('better-sqlite3/package.json'))
  await mkdir(modules)
  for (const name of ['onnxruntime-node', 'onnxruntime-common']) {
    await symlink(join(root, 'node_modules', name), join(modules, name))
  }
  const copied = join(modules, 'better-sqlite3')
  await cp(join(sqlite, 'lib'), join(copied, 'lib'), { recursive: true })
  await cp(join(sqlite, 'package.json'), join(copied, 'package.json'))
  for (const name of ['binding.cjs', 'messages.cjs', 'server.cjs']) {
    await cp(join(import.meta.dirname, name), join(copied, 'lib', name))
  }
  await writeFile(join(copied, 'lib', 'binding.js'), "module.exports = require('./binding.cjs')\n")
  return { SQLITE_NODE: process.execPath, SQLITE_MODULE: sqlite }
}
