import { stat, statfs } from 'node:fs/promises'
import { basename, isAbsolute } from 'node:path'
import type { Readable } from 'node:stream'
import type { Health } from '../../../src-contract/contract/admin/admin.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import type { FileStore } from '../../files/file-store.ts'
import { ChildFailure } from '../../processes/pool/child-failure.ts'
import type { Pool } from '../../processes/pool/pool.ts'
import { quickCheckTask } from '../../reader/tasks/list-tasks.ts'
import { versionOf } from '../../store/migrate.ts'
import type { Store } from '../../store/open-store.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'
import { writeExport } from '../exports/write-export.ts'
import { now } from '../kernel/change-log.ts'
import type { Context } from '../kernel/context.ts'
import type { StructureReader } from '../reports/report-reader.ts'

/** Milliseconds that a look at the database may take here; `verify` takes its time. */
const CHECK_DEADLINE = 3_000

type Parts = {
  store: Store
  files: FileStore
  repositories: Repositories
  readers: Pool
  reader: StructureReader
  processes: () => { name: string; pids: number[] }[]
  version: string
}

/** What tells of a cabinet's health and carries it elsewhere; long work is a job (see `JobService.start…`). */
export function createAdminService({ store, files, repositories, readers, reader, processes, version }: Parts) {
  async function databaseHealth(): Promise<Health['Database']> {
    // What was written last stands in the log beside it until it is written back.
    const sizes = await Promise.all(['', '-wal'].map((end) => sizeOf(store.path + end)))
    const about = { Size: sizes.reduce((sum, size) => sum + size, 0), Version: versionOf(store.database) }
    try {
      const problem = await readers.run(quickCheckTask, null, { deadline: CHECK_DEADLINE, priority: 'background' })
      return problem === null
        ? { State: 'ok', Message: 'No problems found.', ...about }
        : { State: 'damaged', Message: problem, ...about }
    } catch (error) {
      if (!(error instanceof ChildFailure) || error.kind !== 'deadline') throw error
      return { State: 'ok', Message: 'Too large for a quick check; “verify” reads all of it.', ...about }
    }
  }

  async function fileHealth(): Promise<Health['Files']> {
    const totals = repositories.downloads.totals()
    const stored = totals.find(({ kind }) => kind === 'stored')
    const referenced = totals.find(({ kind }) => kind === 'referenced')
    return {
      Count: stored?.count ?? 0,
      Size: stored?.size ?? 0,
      Referenced: referenced?.count ?? 0,
      Trashed: await files.countTrash(),
    }
  }

  return {
    async health(): Promise<Health> {
      const disk = await statfs(files.incoming)
      return {
        Database: await databaseHealth(),
        Files: await fileHealth(),
        Disk: { Free: disk.bavail * disk.bsize, Total: disk.blocks * disk.bsize },
        Processes: processes().flatMap(({ name, pids }) =>
          pids.map((pid) => ({ Name: name, Pid: pid, State: 'running' })),
        ),
        Version: version,
      }
    },
    /**
     * The whole cabinet, or the functions with these UUIDs, as one zip archive, as of this moment: rows as JSON, files by SHA-256, history
     * included, secrets not. The caller reads the stream to its end or destroys it.
     */
    export(only?: readonly string[]): { fileName: string; stream: Readable } {
      const what = only ? 'models' : 'model-cabinet'
      const stream = writeExport({ databasePath: store.path, files, ...(only && { only }) })
      return { fileName: `${what}-${now().slice(0, 10)}.zip`, stream }
    },
    /**
     * Reads what a model file of this machine says of itself, without taking it in.
     * @throws Problem `invalid` with a sentence about the file or the path.
     */
    async inspect(path: string, { signal }: Context): Promise<Inspection> {
      if (!isAbsolute(path)) throw new Problem('invalid', `${path} is not an absolute path.`, { field: 'Path' })
      const found = await stat(path).catch(() => null)
      if (found === null) throw new Problem('invalid', `${path} does not exist.`, { field: 'Path' })
      if (!found.isFile()) throw new Problem('invalid', `${path} is not a file.`, { field: 'Path' })
      const options = { fileName: basename(path), external: { nextTo: path } }
      return reader.inspect(path, { ...options, signal })
    },
  }
}

export type AdminService = ReturnType<typeof createAdminService>

/** Bytes of a file; 0 where there is none. */
async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  )
}
