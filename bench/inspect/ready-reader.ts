import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createStructureReader } from '../../src-main/cabinet/reports/report-reader.ts'
import { createPool } from '../../src-main/processes/pool/pool.ts'
import { spawnNode } from '../../src-main/processes/spawn/spawn-node.ts'

/** Milliseconds of a first read and of the best of the next ones; bytes of the peak before and after the first. */
export type ReadyReader = { answer: Times; reading: Times; computing: Times; bytesBefore: number; bytesAfter: number }
type Times = { first: number; best: number }

/** Milliseconds in which a reader process of the cabinet has warmed up and rests. */
export const standingTime = 8000
const rounds = 10

/**
 * Has a file read as the cabinet does: by a reader process that stood ready for `standingTime`, over its channel. `answer` is what
 * the cabinet waits, `reading` what the process itself took, `computing` what its main thread had of a processor, its answer included,
 * which another program's load hardly changes.
 */
export async function measureReadyReader(path: string): Promise<ReadyReader> {
  const args = [join(dirname(path), 'no.sqlite')]
  const pool = createPool({ spawn: spawnNode, kind: 'reader', args, size: 1, spare: 1 })
  try {
    const reader = createStructureReader(pool)
    await delay(standingTime)
    const [pid = 0] = pool.pids()
    const bytesBefore = peakOf(pid)
    let bytesAfter = 0
    const answers: number[] = []
    const readings: number[] = []
    const computings: number[] = []
    for (let round = 0; round < rounds; round++) {
      const computed = computedBy(pid)
      const started = performance.now()
      const report = await reader.inspect(path, { fileName: 'large.onnx', external: [] })
      answers.push(performance.now() - started)
      computings.push(computedBy(pid) - computed)
      readings.push(report.ReadTime)
      if (round === 0) bytesAfter = peakOf(pid)
    }
    const times = { answer: timesOf(answers), reading: timesOf(readings), computing: timesOf(computings) }
    return { ...times, bytesBefore, bytesAfter }
  } finally {
    await pool.close()
  }
}

function timesOf([first = Number.NaN, ...next]: number[]): Times {
  return { first, best: Math.min(...next) }
}

/** The peak of the memory of a process in bytes, as only Linux tells it; else not a number. */
function peakOf(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
}

/** Milliseconds that the main thread of a process had of a processor so far, as only Linux tells it; else not a number. */
function computedBy(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN
  return Number.parseInt(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8'), 10) / 1e6
}
