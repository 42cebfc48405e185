import { constants, existsSync, readdirSync, statSync } from 'node:fs'
import { copyFile, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { plural } from '../../../src-contract/words/human-number.ts'
import { diskProblem, errorCode } from '../../files/disk-problem.ts'
import { moveDurably, syncDirectory, syncFile } from '../../files/durable.ts'
import { lookAt } from '../../files/file-look.ts'
import type { FileStore } from '../../files/file-store.ts'
import { hashFile } from '../../files/hash-file.ts'
import { makeFolder } from '../../files/make-folder.ts'
import type { Pool } from '../../processes/pool/pool.ts'
import { alteredRowsTask, integrityTask } from '../../reader/tasks/list-tasks.ts'
import type { Store } from '../../store/open-store.ts'
import { keepRowDigests } from '../../store/row-digests.ts'
import { readOr } from '../../store/salvage.ts'
import { nameOf, sentenceOf } from '../admin/altered-row.ts'
import { defineJob, type JobRun } from '../jobs/job-definition.ts'
import { now } from '../kernel/change-log.ts'
import { type BackupManifest, MANIFEST_NAME, newManifest, UNFINISHED_NAME } from './manifest.ts'

type Parts = {
  store: Store
  files: FileStore
  readers: Pool
  dataDirectory: string
  /** Tells this data folder from others. */
  machine: string
}

/** Bytes that go into a backup: those of a file at `path`, or kept in the cabinet. `isPresent`: not only the past names them. */
type CopiedBlob = { sha256: string; size: number; path: string | null; isPresent: boolean }

/** Milliseconds that checking the copied database may take. */
const CHECK_DEADLINE = 20 * 60_000

class DamagedDatabase extends Problem {
  constructor(found = '') {
    const what = `The database is damaged${found === '' ? '' : ` (${found.trim().split('\n').pop()})`}`
    super(
      'unavailable',
      `${what}, and a backup of it could not be restored. Export the cabinet instead: all that can still be read is in an export.`,
    )
  }
}

const CHANGED = 'The file was changed on disk since it was added.'

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
  if (existsSync(folder) && !isFree(folder)) {
    throw refused(`${folder} already exists and is not empty. Choose an empty folder for the backup.`)
  }
  return folder
}

/** Whether a folder is empty, or holds nothing but what a backup left that was interrupted. */
function isFree(folder: string): boolean {
  if (!statSync(folder).isDirectory()) return false
  const names = readdirSync(folder)
  if (names.length === 0) return true
  return names.includes(UNFINISHED_NAME) && !names.includes(MANIFEST_NAME) && names.every((name) => isOurs.test(name))
}

const isOurs = /^(?:files|unfinished\.json|cabinet\.db(?:\.part(?:-journal)?)?|manifest\.json\.part)$/

/**
 * Writes a complete copy of the cabinet, files that stay where they are included: the database as it stands at one moment, then every file that it names, then the manifest. Each copy
 * is read again and compared with its digest. What is lost or damaged is named and the rest goes on.
 */
export function backupJob({ store, files, readers, dataDirectory, machine }: Parts) {
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
        const left = Missing.length === 0 ? '' : ` Left out: ${plural(Missing.length, 'file')}, lost or changed.`
        const message = `Backed up ${plural(Functions, 'model')} and ${plural(Files.length, 'file')} to ${folder}.${left}`
        return { result: { Path: folder, Functions, Files: Files.length, Missing: Missing.length }, message }
      } catch (error) {
        // What was written of a cancelled backup is worth nothing; after a failure it is left to be looked at.
        if (job.signal.aborted || error instanceof DamagedDatabase) await removeUnfinished(folder)
        throw diskProblem(error)
      }
    },
  })

  async function write(folder: string, job: JobRun<null>): Promise<BackupManifest> {
    await removeUnfinished(folder)
    makeBackupFolder(folder)
    await writeFile(join(folder, UNFINISHED_NAME), '{"Format":"model-cabinet-backup"}\n')
    await syncFile(join(folder, UNFINISHED_NAME))
    // It has its name only at the end: a folder with it could be opened as a cabinet.
    const database = join(folder, 'cabinet.db.part')
    job.progress({ message: 'Copying the database' })
    await store.database.backup(database, { progress: () => (job.signal.aborted ? 0 : 1_000) })
    job.signal.throwIfAborted()
    const copied = readOr(
      () => readCopy(database),
      () => {
        throw new DamagedDatabase()
      },
    )
    await checkCopy(database, job)
    await syncFile(database)
    const staying = copied.referenced === 0 ? '' : `, ${plural(copied.referenced, 'file')} outside the cabinet included`
    job.progress({ done: 0, total: copied.blobs.length, unit: 'files', message: `Copying the files${staying}` })
    const content = { Files: [] as BackupManifest['Files'], Missing: [] as string[] }
    for (const [index, blob] of copied.blobs.entries()) {
      const problem = await copyBlob(blob, join(folder, 'files'), job.signal)
      if (problem === undefined) content.Files.push({ Sha256: blob.sha256, Size: blob.size })
      else {
        content.Missing.push(blob.sha256)
        // What only the past names may have been overwritten since, as it should be.
        if (blob.isPresent) job.failure(blob.path ?? files.pathOf(blob.sha256), problem)
      }
      job.progress({ done: index + 1 })
      await job.breathe()
    }
    const { size } = await stat(database)
    const Database = { Sha256: await hashFile(database, { signal: job.signal }), Size: size }
    const { organisation: Organisation, functions: Functions, referenced: Referenced } = copied
    const about = { MadeAt: now(), Organisation, Functions, Referenced, Machine: machine }
    const manifest = newManifest({ ...about, Database, ...content })
    await moveDurably(database, join(folder, 'cabinet.db'))
    await writeManifest(folder, manifest)
    await rm(join(folder, UNFINISHED_NAME), { force: true })
    return manifest
  }

  /** Names the rows that another program changed. @throws DamagedDatabase where a restore would refuse the copy */
  async function checkCopy(path: string, job: JobRun<null>): Promise<void> {
    const options = { deadline: CHECK_DEADLINE, signal: job.signal }
    job.progress({ message: 'Checking the database' })
    const [found] = await readers.run(integrityTask, path, options)
    if (found !== undefined) throw new DamagedDatabase(found)
    const { altered, count } = await readers.run(alteredRowsTask, path, options)
    for (const row of altered) job.failure(nameOf(row), sentenceOf(row))
    if (count > altered.length)
      job.failure('The database', `${plural(count - altered.length, 'more row')} were changed.`)
  }

  async function copyBlob(
    { sha256, size, path }: CopiedBlob,
    folder: string,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const target = join(folder, sha256.slice(0, 2), sha256.slice(2))
    if ((await mkdir(dirname(target), { recursive: true })) !== undefined) await syncDirectory(folder)
    const source = path ?? files.pathOf(sha256)
    const look = await lookAt(source)
    if (!look) return 'The file is lost.'
    if (look.size !== size) return path === null ? 'The file is damaged.' : CHANGED
    try {
      // A clone where the file system can; never a hard link, through which damage to the one would be damage to both.
      await copyFile(source, target, constants.COPYFILE_FICLONE)
    } catch (error) {
      if (!existsSync(source)) return 'The file is lost.'
      throw error
    }
    const whole = (await stat(target)).size === size && (await hashFile(target, { signal })) === sha256
    if (!whole) {
      await rm(target)
      return path === null ? 'The file is damaged.' : CHANGED
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
    keepRowDigests(copy)
    copy.exec(
      'UPDATE link SET secret = NULL WHERE secret IS NOT NULL; DELETE FROM job; DELETE FROM token; DELETE FROM setting',
    )
    const one = <Value>(sql: string) => copy.prepare<[], Value>(sql).pluck().get()
    return {
      blobs: copy
        .prepare<[], Omit<CopiedBlob, 'isPresent'> & { present: number }>(`
          SELECT sha256, size, CASE WHEN min(kind = 'referenced') = 1 THEN max(path) END AS path,
            max(kind = 'stored' OR id IN (SELECT blob_id FROM download)) AS present
          FROM blob GROUP BY sha256 ORDER BY min(id)`)
        .all()
        .map(({ present, ...blob }): CopiedBlob => ({ ...blob, isPresent: present === 1 })),
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
  if (existsSync(join(folder, MANIFEST_NAME)) || !existsSync(join(folder, UNFINISHED_NAME))) return
  // What says that the rest may go goes last.
  const left = ['files', 'cabinet.db', 'cabinet.db.part', 'cabinet.db.part-journal', `${MANIFEST_NAME}.part`]
  for (const name of [...left, UNFINISHED_NAME]) {
    await rm(join(folder, name), { recursive: true, force: true })
  }
}
