import { execFile } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const sources = ['src-contract', 'src-main', 'src-preload', 'src-renderer', 'electron.vite.config.ts', 'package.json']
/** Written last. */
const result = 'out/renderer/index.html'

/**
 * Builds the app unless the present build is newer than every source.
 * @throws Error whose message is what the build printed
 */
export async function ensureBuilt(root: string, say: (sentence: string) => void): Promise<void> {
  const built = await stat(join(root, result)).catch(() => undefined)
  const newest = Math.max(...(await Promise.all(sources.map((source) => lastChange(join(root, source))))))
  if (built !== undefined && built.mtimeMs > newest) return
  say('Building …')
  const command = join(
    dirname(createRequire(import.meta.url).resolve('electron-vite/package.json')),
    'bin',
    'electron-vite.js',
  )
  try {
    await run(process.execPath, [command, 'build', '--logLevel', 'warn'], { cwd: root, maxBuffer: 64 * 1024 * 1024 })
  } catch (error) {
    const output = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
    throw new Error(`The build failed:\n${output.trim()}`)
  }
}

/** When the newest file below a path was changed, in milliseconds. */
async function lastChange(path: string): Promise<number> {
  const found = await stat(path)
  if (!found.isDirectory()) return found.mtimeMs
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
  const times = await Promise.all(files.map(async (entry) => (await stat(join(entry.parentPath, entry.name))).mtimeMs))
  return Math.max(0, ...times)
}
