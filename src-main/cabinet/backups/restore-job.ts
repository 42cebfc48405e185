import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { plural } from '../../../src-contract/words/human-number.ts'
import { diskProblem } from '../../files/disk-problem.ts'
import { hashSteadily, lookAt } from '../../files/file-look.ts'
import type { FileStore } from '../../files/file-store.ts'
import { hashFile } from '../../files/hash-file.ts'
import type { Pool } from '../../processes/pool/pool.ts'
import { copyDatabase } from '../../store/copy-database.ts'
import type { Store } from '../../store/open-store.ts'
import { replaceContent } from '../../store/replace-content.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'
import type { RestoredReference } from '../../store/settle-restored.ts'
import { defineJob, type JobRun } from '../jobs/job-definition.ts'
import type { ChangeLog } from '../kernel/change-log.ts'
import { now } from '../kernel/change-log.ts'
import { createCopyCheck } from './check-copy.ts'
import { type BackupManifest, readManifest, refused } from './manifest.ts'

type Parts = {
  store: Store
  changeLog: ChangeLog
  repositories: Repositories
  files: FileStore
  readers: Pool
  /** Tells this data folder from others. */
  machine: string
  /** Called when the content is another one. */
  onRestored(madeAt: string): void
  /** Told before the database is exchanged, which takes this process its time. */
  onLongWork(): void
}

/**
 * Makes the cabinet what it was when a backup was made. Everything is read and compared with its digest first; then the rows change in
 * one transaction. The database as it was is kept as `cabinet.db.before-restore`, and files that nothing names any more go to the trash.
 */
export function restoreJob({ store, changeLog, repositories, files, readers, machine, onRestored, onLongWork }: Parts) {
  return defineJob({
    kind: 'restore',
    scope: 'admin',
    input: z.object({ Path: z.string() }),
    checkpoint: z.null(),
    atOnce: 1,
    title: ({ Path }) => `Restoring the backup in ${Path}`,
    indivisible: 'A restore cannot be paused. Cancelling leaves the cabinet as it is.',
    async run({ Path }, job) {
      const held: string[] = []
      const copy = join(files.incoming, `${randomUUID()}.db`)
      try {
        const manifest = readManifest(Path)
        await takeDatabase(Path, manifest, copy, job.signal)
        const check = createCopyCheck(readers, copy, { size: manifest.Database.Size, signal: job.signal })
        const references = await check.references()
        await takeFiles(Path, manifest, job, held)
        const settlement = await lookFor(references, manifest, job)
        await check.settle({ ...settlement, isForeign: manifest.Machine !== machine })
        job.signal.throwIfAborted()
        exchange(copy, manifest, job)
        onRestored(manifest.MadeAt)
        const message = `Restored ${plural(manifest.Functions, 'model')}, as of ${manifest.MadeAt.slice(0, 16).replace('T', ' ')} UTC.`
        return { result: { Functions: manifest.Functions, MadeAt: manifest.MadeAt }, message }
      } catch (error) {
        for (const sha256 of held.splice(0)) {
          files.release(sha256)
          await files.remove(sha256, repositories.downloads.isStored)
        }
        throw diskProblem(error)
      } finally {
        for (const sha256 of held) files.release(sha256)
        for (const end of ['', '-wal', '-shm', '-journal']) await rm(copy + end, { force: true })
      }
    },
  })

  async function takeDatabase(path: string, { Database: database }: BackupManifest, copy: string, signal: AbortSignal) {
    const source = join(path, 'cabinet.db')
    const damaged = () => refused(`The database in ${path} does not match the backup: it is damaged or was modified.`)
    if ((await lookAt(source))?.size !== database.Size) throw damaged()
    await copyFile(source, copy)
    if ((await hashFile(copy, { signal })) !== database.Sha256) throw damaged()
  }

  /**
   * Every file that stayed where it was is looked at: it stays so only where the bytes there are still those that the backup speaks of. In its place
   * comes the copy from the backup; where there is none, it is lost. So a backup of somebody else makes nothing of this machine the cabinet's.
   */
  async function lookFor(
    references: readonly RestoredReference[],
    { Files, Missing }: BackupManifest,
    job: JobRun<null>,
  ) {
    const copied = new Set(Files.map(({ Sha256 }) => Sha256))
    const lost = new Set(Missing)
    const unreferenced: number[] = []
    job.progress({ message: 'Looking at the files outside the cabinet' })
    for (const { id, sha256, size, path } of references) {
      if (await isAt(path, size, sha256, job.signal)) {
        lost.delete(sha256)
        continue
      }
      unreferenced.push(id)
      if (!copied.has(sha256)) lost.add(sha256)
      await job.breathe()
    }
    return { unreferenced, lost: [...lost] }
  }

  async function takeFiles(path: string, { Files }: BackupManifest, job: JobRun<null>, held: string[]): Promise<void> {
    const pathOf = (sha256: string) => join(path, 'files', sha256.slice(0, 2), sha256.slice(2))
    // First a quick look at all of them, so that an incomplete backup is refused before anything is copied.
    for (const { Sha256, Size } of Files) {
      const size = (await lookAt(pathOf(Sha256)))?.size
      if (size !== Size)
        throw refused(`The backup is not complete: ${pathOf(Sha256)} is ${size === undefined ? 'missing' : 'damaged'}.`)
    }
    job.progress({ done: 0, total: Files.length, unit: 'files', message: 'Copying the files' })
    for (const [index, { Sha256, Size }] of Files.entries()) {
      const staged = await files.receive(createReadStream(pathOf(Sha256)), { limit: Size, signal: job.signal })
      if (staged.sha256 !== Sha256) {
        await staged.discard()
        throw refused(`The backup is damaged: ${pathOf(Sha256)} does not match its checksum.`)
      }
      await files.keep(staged)
      held.push(Sha256)
      job.progress({ done: index + 1 })
      await job.breathe()
    }
  }

  function exchange(copy: string, { MadeAt }: BackupManifest, job: JobRun<null>): void {
    const { database } = store
    try {
      onLongWork()
      copyDatabase(database, `${store.path}.before-restore`)
      replaceContent(database, copy, () => {
        repositories.events.append({
          at: now(),
          kind: 'cabinet.changed',
          uuid: null,
          by: job.caller.name,
          summary: `Restored the backup of ${MadeAt}`,
          change: [],
        })
      })
    } catch (error) {
      if (error instanceof Problem) throw error
      throw new Problem('unexpected', `The backup could not be restored: ${String(error)}. Nothing was changed.`, {
        cause: error,
      })
    }
    changeLog.notify({
      kind: 'cabinet.changed',
      uuid: null,
      by: job.caller.name,
      summary: `Restored the backup of ${MadeAt}`,
    })
  }
}

async function isAt(path: string, size: number, sha256: string, signal: AbortSignal): Promise<boolean> {
  if ((await lookAt(path))?.size !== size) return false
  const read = await hashSteadily(path, { signal }).catch(() => undefined)
  signal.throwIfAborted()
  return read?.sha256 === sha256
}
