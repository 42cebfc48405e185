import { constants, existsSync, readdirSync, statSync } from 'node:fs'
import { copyFile, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { plural } from '../../../src-contract/words/human-number.ts'
import { diskProblem, errorCode } from '../../files/disk-problem.ts'
import { syncDirectory, syncFile } from '../../files/durable.ts'
import type { FileStore } from '../../files/file-store.ts'
import { hashFile } from '../../files/hash-file.ts'
import { makeFolder } from '../../files/make-folder.ts'
import type { Store } from '../../store/open-store.ts'
import { defineJob, type JobRun } from '../jobs/job-definition.ts'
import { now } from '../kernel/change-log.ts'
import { type BackupManifest, MANIFEST_NAME, newManifest } from './manifest.ts'

type Parts = { store: Store; files: FileStore; dataDirectory: string }

/**
 * A folder for a backup, as an absolute path.
 * @throws Problem `invalid` (field `Path`) unless it is empty or not there yet, beside an existing folder and outside the cabinet's own.
 */
export function checkBackupFolder(path: string, dataDirectory: string): string {
  const refused = (sentence: string) => new Problem('invalid', sentence, { field: 'Path' })
  if (!isAbsolute(path)) throw refused('The path of a backup must be absolute.')
  const folder = resolve(path)
  const inside = relative(resolve(dataDirectory), folder)
  if (inside === '' || !(inside.startsWith('..') || isAbsolute(inside))) {
    throw refused('The backup folder cannot be inside the data folder. Choose another folder.')
  }
  if (!existsSync(dirname(folder))) throw refused(`${dirname(folder)} does not exist.`)
  if (existsSync(folder) && (!statSync(folder).isDirectory() || readdirSync(folder).length > 0)) {
    throw refused(`${folder} already exists and is not empty. Choose an empty folder for the backup.`)
  }
  return folder
}

/**
 * Writes a complete copy of the cabinet: the database as it stands at one moment, then every file that it names, then the manifest. Each copy
 * is read again and compared with its digest. What is lost or damaged is named and the rest goes on.
 */
export function backupJob({ store, files, dataDirectory }: Parts) {
  return defineJob({
    kind: 'backup',
    scope: 'admin',
    input: z.object({ Path: z.string() }),
    checkpoint: z.null(),
    atOnce: 1,
    title: ({ Path }) => `Backing up to ${Path}`,
    indivisible: 'A backup cannot be paused. Cancel it and start a new one in another folder.',
    async run({ Path }, job) {
      const folder = checkBackupFolder(Path, dataDirectory)
      try {
        const manifest = await write(folder, job)
        const { Files, Missing, Functions } = manifest
        const message = `Backed up ${plural(Functions, 'model')} and ${plural(Files.length, 'file')} to ${folder}.`
        return { result: { Path: folder, Functions, Files: Files.length, Missing: Missing.length }, message }
      } catch (error) {
        // What was written of a cancelled backup is worth nothing; after a failure it is left to be looked at.
        if (job.signal.aborted) await removeUnfinished(folder)
        throw diskProblem(error)
      }
    },
  })

  async function write(folder: string, job: JobRun<null>): Promise<BackupManifest> {
    makeBackupFolder(folder)
    const database = join(folder, 'cabinet.db')
    job.progress({ message: 'Copying the database' })
    await store.database.backup(database, { progress: () => (job.signal.aborted ? 0 : 1_000) })
    job.signal.throwIfAborted()
    const copied = readCopy(database)
    await syncFile(database)
    job.progress({ done: 0, total: copied.blobs.length, unit: 'files', message: 'Copying the files' })
    const content = { Files: [] as BackupManifest['Files'], Missing: [] as string[] }
    for (const [index, blob] of copied.blobs.entries()) {
      const problem = await copyBlob(blob, join(folder, 'files'), job.signal)
      if (problem === undefined) content.Files.push({ Sha256: blob.sha256, Size: blob.size })
      else {
        content.Missing.push(blob.sha256)
        job.failure(files.pathOf(blob.sha256), problem)
      }
      job.progress({ done: index + 1 })
      await job.breathe()
    }
    const { size } = await stat(database)
    const Database = { Sha256: await hashFile(database, { signal: job.signal }), Size: size }
    const { organisation: Organisation, functions: Functions, referenced: Referenced } = copied
    const manifest = newManifest({ MadeAt: now(), Organisation, Functions, Referenced, Database, ...content })
    await writeManifest(folder, manifest)
    return manifest
  }

  async function copyBlob(
    { sha256, size }: { sha256: string; size: number },
    folder: string,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const target = join(folder, sha256.slice(0, 2), sha256.slice(2))
    if ((await mkdir(dirname(target), { recursive: true })) !== undefined) await syncDirectory(folder)
    try {
      // A clone where the file system can; never a hard link, through which damage to the one would be damage to both.
      await copyFile(files.pathOf(sha256), target, constants.COPYFILE_FICLONE)
    } catch (error) {
      if (!existsSync(files.pathOf(sha256))) return 'The file is lost.'
      throw error
    }
    const whole = (await stat(target)).size === size && (await hashFile(target, { signal })) === sha256
    if (!whole) {
      await rm(target)
      return 'The file is damaged.'
    }
    await syncFile(target)
    await syncDirectory(dirname(target))
    return undefined
  }
}

function makeBackupFolder(folder: string): void {
  try {
    makeFolder(join(folder, 'files'))
  } catch (cause) {
    const problem = diskProblem(cause)
    if (problem !== cause) throw problem
    const sentence = `The system refuses a folder at ${folder} (${errorCode(cause)}). Nothing was written.`
    throw new Problem('invalid', sentence, { field: 'Path', cause })
  }
}

/** Takes out of a copied database what must not leave the machine and what has no meaning elsewhere, and says what it names. */
function readCopy(path: string) {
  const copy = new Database(path)
  try {
    copy.pragma('journal_mode = DELETE')
    copy.pragma('secure_delete = ON')
    copy.exec(
      'UPDATE link SET secret = NULL WHERE secret IS NOT NULL; DELETE FROM job; DELETE FROM token; DELETE FROM setting',
    )
    const one = <Value>(sql: string) => copy.prepare<[], Value>(sql).pluck().get()
    return {
      blobs: copy
        .prepare<[], { sha256: string; size: number }>(
          "SELECT sha256, size FROM blob WHERE kind = 'stored' ORDER BY id",
        )
        .all(),
      organisation: one<string>('SELECT name FROM organisation WHERE own = 1') ?? '',
      functions: one<number>('SELECT count(*) FROM function WHERE deleted_at IS NULL') ?? 0,
      referenced: one<number>("SELECT count(*) FROM blob WHERE kind = 'referenced'") ?? 0,
    }
  } finally {
    copy.close()
  }
}

async function writeManifest(folder: string, manifest: BackupManifest): Promise<void> {
  const path = join(folder, MANIFEST_NAME)
  await writeFile(`${path}.part`, `${JSON.stringify(manifest, null, 1)}\n`)
  await syncFile(`${path}.part`)
  await rename(`${path}.part`, path)
  await syncDirectory(folder)
}

async function removeUnfinished(folder: string): Promise<void> {
  if (existsSync(join(folder, MANIFEST_NAME))) return
  for (const name of ['files', 'cabinet.db', 'cabinet.db-journal', `${MANIFEST_NAME}.part`]) {
    await rm(join(folder, name), { recursive: true, force: true })
  }
}
