import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { hasDisplay } from '../scripts/display.ts'
import { sized } from './sized.ts'
import { measureLibrary } from './window/library.ts'
import { measureRecovery } from './window/recover.ts'
import { prepareStage } from './window/stage.ts'
import { measureStart } from './window/start.ts'
import { measureUnderLoad } from './window/under-load.ts'

const root = resolve(import.meta.dirname, '..')
const parts = {
  load: measureUnderLoad,
  start: measureStart,
  library: measureLibrary,
  recover: measureRecovery,
} as const

/**
 * What a person feels of the window: how it answers while another program works the cabinet hard (`load`); how soon it shows its
 * first list (`start`); searching, scrolling, opening and drawing in a library of `--rows` functions (`library`; 100,000 unless told);
 * and how soon a cabinet that was killed is back (`recover`). All of them, or the one that `--only` names.
 */
export async function run(options: string[] = []): Promise<void> {
  if (!hasDisplay(process.env)) {
    const screen = ['-a', '-s', '-screen 0 1920x1200x24']
    spawnSync(
      'xvfb-run',
      [...screen, process.execPath, join(root, 'bench/index.ts'), 'window', ...options, ...sized([], ['--tiny'])],
      {
        stdio: 'inherit',
      },
    )
    return
  }
  const { values } = parseArgs({ args: options, options: { rows: { type: 'string' }, only: { type: 'string' } } })
  const stage = await prepareStage(root, Number(values.rows ?? sized(100_000, 500)))
  for (const [name, part] of Object.entries(parts)) {
    if (values.only !== undefined && values.only !== name) continue
    console.log(`\n   ${name}`)
    await part(stage)
  }
}
