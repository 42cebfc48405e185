import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createPool } from '../../processes/pool/pool.ts'
import type { Spawn } from '../../processes/spawn/channel.ts'
import { spawnNode } from '../../processes/spawn/spawn-node.ts'
import { openStore, type Store } from '../../store/open-store.ts'
import { modelBytes } from '../testing/test-cabinet.ts'
import { createStructureReader } from './report-reader.ts'

let directory: string
let store: Store
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'report-reader-'))
  store = openStore(directory)
  writeFileSync(join(directory, 'm.onnx'), modelBytes(1))
})
afterEach(() => {
  store.close()
  rmSync(directory, { recursive: true, force: true })
})

/** A system that kills the first readers that are given something to read. */
function killing(times: number): Spawn {
  let left = times
  return (kind, args) => {
    const child = spawnNode(kind, args)
    return {
      ...child,
      post(message) {
        if (left-- > 0 && child.pid !== undefined) process.kill(child.pid, 'SIGKILL')
        child.post(message)
      },
    }
  }
}

const inspect = async (times: number) => {
  const pool = createPool({
    spawn: killing(times),
    kind: 'reader',
    args: [store.path],
    size: 1,
    spare: 0,
    startupLimit: 120_000,
  })
  try {
    return await createStructureReader(pool).inspect(join(directory, 'm.onnx'), { fileName: 'm.onnx', external: [] })
  } finally {
    await pool.close()
  }
}

test('a good file whose reader the system kills is read by another, and is never called unreadable', async () => {
  await expect(inspect(1)).resolves.toMatchObject({ Format: 'onnx' })
  await expect(inspect(2)).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('the system'),
  })
})
