import { join } from 'node:path'
import type { Job } from '../../src-contract/contract/admin/job.ts'
import type { Cabinet } from '../../src-main/cabinet/cabinet.ts'
import { finished } from '../../src-main/cabinet/jobs/testing/finished.ts'
import { openCabinet } from '../../src-main/cabinet/open-cabinet.ts'
import { patient } from '../../src-main/cabinet/testing/test-cabinet.ts'
import { spawnNode } from '../../src-main/processes/spawn/spawn-node.ts'

/** A whole cabinet with its processes. What it logs is an error that nobody meant, and ends the run. */
export async function openCabinetFor(folder: string) {
  const logged: unknown[] = []
  const cabinet = await openCabinet({
    dataDirectory: join(folder, 'data'),
    spawn: spawnNode,
    settings: patient,
    log: (error) => logged.push(error),
  })
  return {
    cabinet,
    /** Waits for the end of a job, and looks whether the cabinet still answers. */
    async ended(start: (cabinet: Cabinet) => Job): Promise<Job> {
      const job = await finished(cabinet, start(cabinet))
      await cabinet.listing.list({ Limit: 50 }, {})
      if (logged.length > 0) throw logged[0]
      if (!/^\S.*\.$/s.test(job.Message ?? '')) throw new Error(`The job says “${job.Message}”, which is no sentence.`)
      return job
    },
    close: () => cabinet.close(),
  }
}
