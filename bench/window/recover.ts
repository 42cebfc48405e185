import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchDirectly } from '../../e2e/harness/launch-directly.ts'
import { cabinetProcess } from '../../e2e/harness/processes.ts'
import { cabinetOf } from '../data/cabinet-of.ts'
import { sized } from '../sized.ts'
import { printTable } from '../table.ts'
import type { Stage } from './stage.ts'
import { median, milliseconds, ratio } from './statistics.ts'

const ROUNDS = sized(5, 1)

const answered = `cabinet.request({ id: 'bench ' + Math.random(), method: 'GET', path: '/functions?Limit=1', headers: {} })`

/** From the death of the cabinet's process to the first answer of the next one, beside the start of the whole app to its first. */
export async function measureRecovery({ executable, switches, root, count }: Stage): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), 'bench-recover-'))
  try {
    const library = join(work, 'library')
    await cp(cabinetOf(count), library, { recursive: true })
    const times: Record<'start' | 'recovery', number[]> = { start: [], recovery: [] }
    for (let round = 0; round < ROUNDS; round++) {
      const began = performance.now()
      const app = await launchDirectly(executable, [...switches, root, '--data', library, '--port', '0'])
      try {
        await app.evaluate(answered)
        times.start.push(performance.now() - began)
        // The question makes sense when the main process knows.
        const noticed = app.evaluate(
          `new Promise((done) => cabinet.onSupervisor(({ state }) => state === 'restarting' && done(true)))`,
        )
        const cabinet = cabinetProcess(app.pid)
        if (cabinet === undefined) throw new Error('the cabinet has no process')
        const killed = performance.now()
        process.kill(cabinet.pid, 'SIGKILL')
        await noticed
        await app.evaluate(answered)
        times.recovery.push(performance.now() - killed)
      } finally {
        await app.end()
      }
    }
    const base = median(times.start)
    printTable([
      ['until the first answer', 'median', 'worst', 'beside the start'],
      ...(
        [
          ['from the start of the app', times.start],
          ["from the death of the cabinet's process", times.recovery],
        ] as const
      ).map(([name, all]) => [
        name,
        milliseconds(median(all)),
        milliseconds(Math.max(...all)),
        ratio(median(all), base),
      ]),
    ])
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}
