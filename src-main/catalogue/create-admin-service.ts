import { stat, statfs } from 'node:fs/promises'
import type { Health } from '../../src-contract/admin.ts'
import type { FileStore } from '../files/file-store.ts'
import { ChildFailure } from '../processes/child-failure.ts'
import type { Pool } from '../processes/pool.ts'
import { versionOf } from '../store/migrate.ts'
import type { Store } from '../store/open-store.ts'
import type { Repositories } from '../store/repositories.ts'
import type { AdminService } from './admin-service.ts'
import { writeExport } from './export/write-export.ts'
import { quickCheckTask } from './fact-tasks.ts'
import { now } from './now.ts'

/** Milliseconds that a look at the database may take here; `verify` takes its time. */
const CHECK_DEADLINE = 3_000

type Parts = {
  store: Store
  files: FileStore
  repositories: Repositories
  readers: Pool
  processes: () => { name: string; pids: number[] }[]
  version: string
}

export function createAdminService({ store, files, repositories, readers, processes, version }: Parts): AdminService {
  async function databaseHealth(): Promise<Health['Database']> {
    const { size } = await stat(store.path)
    const about = { Size: size, Version: versionOf(store.database) }
    try {
      const problem = await readers.run(quickCheckTask, null, { deadline: CHECK_DEADLINE, priority: 'background' })
      return problem === null
        ? { State: 'ok', Message: 'All is well.', ...about }
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
    async health() {
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
    export() {
      const day = now().slice(0, 10)
      return { fileName: `model-cabinet-${day}.zip`, stream: writeExport({ databasePath: store.path, files }) }
    },
  }
}
