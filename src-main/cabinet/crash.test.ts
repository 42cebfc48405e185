import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { hashFile } from '../files/hash-file.ts'
import { spawnNode } from '../processes/spawn/spawn-node.ts'
import { openCabinet } from './open-cabinet.ts'
import { filesBelow, patient } from './testing/test-cabinet.ts'

const Acknowledged = z.object({ uuid: z.string(), sha256: z.string() })
type Acknowledged = z.infer<typeof Acknowledged>

let directory: string
let child: ChildProcess | undefined

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cabinet-crash-'))
})
afterEach(async () => {
  child?.kill('SIGKILL')
  await rm(directory, { recursive: true, force: true, maxRetries: 5 })
})

/** Lets a cabinet take uploads until so many are acknowledged, then kills it at once. */
async function killAfter(count: number, seed: number): Promise<Acknowledged[]> {
  const acknowledged: Acknowledged[] = []
  const uploading = fork(new URL('testing/uploading-cabinet.ts', import.meta.url), [directory, String(seed)])
  child = uploading
  const exited = once(uploading, 'exit')
  uploading.on('message', (message) => {
    acknowledged.push(Acknowledged.parse(message))
    if (acknowledged.length === count) uploading.kill('SIGKILL')
  })
  const [, signal] = await exited
  expect(signal).toBe('SIGKILL')
  return acknowledged
}

test('a cabinet that is killed in the middle of uploads has every acknowledged function with its file, and nothing half', async () => {
  const acknowledged: Acknowledged[] = []
  // A different number each time ends it in a different step.
  for (const count of [1, 9]) acknowledged.push(...(await killAfter(count, acknowledged.length * 1000)))
  const cabinet = await openCabinet({ dataDirectory: directory, spawn: spawnNode, settings: patient })
  try {
    for (const { uuid, sha256 } of acknowledged) {
      const { path } = await cabinet.modelFiles.download(uuid, 'crash.onnx')
      expect(await hashFile(path)).toBe(sha256)
      expect(cabinet.functions.inspection(uuid).FileSha256).toBe(sha256)
    }
    const { rows } = await cabinet.listing.list({ Limit: 1000 }, {})
    expect(rows.length).toBeGreaterThanOrEqual(acknowledged.length)
    for (const { UUID } of rows)
      expect(await hashFile((await cabinet.modelFiles.download(UUID, 'crash.onnx')).path)).toHaveLength(64)
    expect(await filesBelow(join(directory, 'incoming'))).toEqual([])
    // Files whose row was never committed go to the trash, so that as many are left as there are functions.
    await expect.poll(async () => (await filesBelow(join(directory, 'files'))).length).toBe(rows.length)
  } finally {
    await cabinet.close()
  }
})
