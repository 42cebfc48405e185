import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Random } from '../../../bench/data/random.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { backupHandlers } from '../../../src-main/reader/handlers/backup-handlers.ts'
import { checkBackupTask, settleBackupTask } from '../../../src-main/reader/tasks/backup-tasks.ts'
import type { FuzzKind } from '../kind.ts'
import { mutateDatabase, rewriteDatabase } from '../mutate/sqlite.ts'
import { sampleCabinet } from '../sample.ts'

export const databases: FuzzKind = {
  share: 0.006,
  isPure: true,
  async open(folder) {
    const whole = (await sampleCabinet()).backup.get('cabinet.db') ?? Buffer.alloc(0)
    const path = join(folder, 'mutant.db')
    return {
      async attempt(random) {
        await writeMutant(path, whole, random)
        const outcome = await read(path)
        for (const end of ['', '-wal', '-shm', '-journal']) await rm(path + end, { force: true })
        return [outcome]
      },
      async close() {},
    }
  },
}

/** Writes a damaged copy of a database, or one that is whole and not what the program writes. */
export async function writeMutant(path: string, whole: Uint8Array, random: Random): Promise<void> {
  if (random.chance(0.7)) return writeFile(path, mutateDatabase(whole, random))
  await writeFile(path, whole)
  rewriteDatabase(path, random)
}

/** What the reader process does with the database of a backup. */
async function read(path: string): Promise<string> {
  const run = (task: { name: string }, argument: unknown) =>
    backupHandlers.find(({ name }) => name === task.name)?.handle(argument, { report: () => {}, retire: () => {} })
  try {
    const references = checkBackupTask.result.parse(await run(checkBackupTask, { path }))
    const unreferenced = references.map(({ id }) => id)
    await run(settleBackupTask, { path, unreferenced, lost: ['0'.repeat(64)], isForeign: true })
    return 'read'
  } catch (error) {
    if (error instanceof Problem && ['invalid', 'unavailable'].includes(error.code)) return error.code
    throw error
  }
}
