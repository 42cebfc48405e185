import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { ImportRequest } from '../src-contract/contract/admin/admin.ts'
import { openCabinet } from '../src-main/cabinet/open-cabinet.ts'
import { convolutionModel } from '../src-main/onnx/testing/feature-models.ts'
import { buildModel } from '../src-main/onnx/testing/model-builder.ts'
import { spawnNode } from '../src-main/processes/spawn/spawn-node.ts'
import { sized } from './sized.ts'
import { printTable } from './table.ts'

const FILES = sized(10_000, 40)

/**
 * A folder of 10,000 models of one name into a new cabinet, left where they are and copied, beside reading and hashing the same files one
 * after the other in the same run, which is the least that tells them apart. `longest wait` is how long another request had to wait.
 */
export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-import-'))
  const rows = [['mode', 'import', 'files / s', 'read + hash', 'import / (read + hash)', 'longest wait']]
  try {
    const paths = await writeModels(folder)
    const start = performance.now()
    for (const path of paths) {
      await stat(path)
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex')
    }
    const least = performance.now() - start
    for (const mode of ['reference', 'copy'] as const) {
      const { time, wait } = await importFolder(folder, mode)
      rows.push([
        mode,
        `${(time / 1000).toFixed(1)} s`,
        Math.round(FILES / (time / 1000)).toLocaleString('en'),
        `${(least / 1000).toFixed(1)} s`,
        (time / least).toFixed(1),
        `${Math.round(wait)} ms`,
      ])
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  printTable(rows)
}

async function writeModels(folder: string): Promise<string[]> {
  const paths: string[] = []
  for (let number = 0; number < FILES; number++) {
    const place = join(folder, `run ${number % 100}`, `${Math.floor(number / 100)}`)
    await mkdir(place, { recursive: true })
    const path = join(place, 'final_v3_fixed.onnx')
    await writeFile(path, buildModel({ ...convolutionModel, documentation: `model ${number}` }))
    paths.push(path)
  }
  return paths
}

async function importFolder(folder: string, Mode: 'copy' | 'reference'): Promise<{ time: number; wait: number }> {
  const data = await mkdtemp(join(tmpdir(), 'bench-import-data-'))
  const cabinet = await openCabinet({ dataDirectory: data, spawn: spawnNode })
  try {
    const delay = monitorEventLoopDelay({ resolution: 5 })
    const start = performance.now()
    delay.enable()
    const job = cabinet.jobs.startImport(
      { name: 'bench', scope: 'admin' },
      ImportRequest.parse({ Paths: [folder], Mode }),
    )
    await new Promise<void>((resolve, reject) => {
      cabinet.events.subscribe(({ UUID }) => {
        if (UUID !== job.UUID) return
        const { State, Message, Result } = cabinet.jobs.get(job.UUID)
        if (State === 'done' && JSON.stringify(Result).includes(`"Imported":${FILES}`)) resolve()
        else if (State === 'failed' || State === 'done')
          reject(new Error(`The import did not bring every model: ${Message}`))
      })
    })
    const time = performance.now() - start
    delay.disable()
    return { time, wait: delay.max / 1e6 - 5 }
  } finally {
    await cabinet.close()
    await rm(data, { recursive: true, force: true })
  }
}
