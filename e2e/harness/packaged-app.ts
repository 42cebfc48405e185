import { join, resolve } from 'node:path'
import { runProgram } from './run-program.ts'

const root = resolve(import.meta.dirname, '../..')

/** Packs the app into a folder as `npm run dist` does. @returns the path of its executable */
export async function packApp(output: string): Promise<string> {
  const packed = await runProgram(process.execPath, [
    join(root, 'scripts/dist.ts'),
    '--output',
    output,
    '--folder-only',
  ])
  if (packed.code !== 0) throw new Error(`dist ended with code ${packed.code}\n${packed.output}\n${packed.errors}`)
  const folder = packed.errors.trim().split(/\r?\n/).at(-1) ?? ''
  if (process.platform === 'win32') return join(folder, 'model-cabinet.exe')
  if (process.platform === 'darwin') return join(folder, 'Model Cabinet.app', 'Contents', 'MacOS', 'model-cabinet')
  return join(folder, 'model-cabinet')
}

/** The folder of the packed app's resources. */
export function resourcesOf(executable: string): string {
  const folder = resolve(executable, '..')
  return process.platform === 'darwin' ? resolve(folder, '..', 'Resources') : join(folder, 'resources')
}
