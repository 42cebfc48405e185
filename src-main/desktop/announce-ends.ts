import type { CabinetEvent } from '../../src-contract/contract/admin/event.ts'
import { Job } from '../../src-contract/contract/admin/job.ts'
import { jobName, jobRemark } from '../../src-contract/words/job-name.ts'
import type { CabinetLink } from '../link/link.ts'
import type { Supervisor } from '../processes/supervisor.ts'

/** Work that took less than this is no news. Milliseconds. */
const LONG = 5_000

const outcomes = { done: 'finished', failed: 'failed', cancelled: 'was cancelled' } as const

export type Announcement = { title: string; body: string }

/**
 * Says when a long job ends that nobody watched.
 * @param watched whether the window is in front, where the person sees it anyway
 */
export function announceEnds(
  cabinet: Supervisor<CabinetLink>,
  watched: () => boolean,
  announce: (news: Announcement) => void,
): { hear(event: CabinetEvent): Promise<void> } {
  const told = new Set<string>()
  /** Jobs that are asked for at the moment, and whether they changed once more meanwhile. */
  const asking = new Map<string, boolean>()

  async function hear({ Kind, UUID }: CabinetEvent): Promise<void> {
    if (Kind !== 'job.changed' || UUID === null || watched() || told.has(UUID)) return
    const busy = asking.has(UUID)
    asking.set(UUID, busy)
    if (busy) return
    try {
      do {
        asking.set(UUID, false)
        await look(UUID)
      } while (asking.get(UUID) && !told.has(UUID))
    } finally {
      asking.delete(UUID)
    }
  }

  async function look(uuid: string): Promise<void> {
    const request = { id: `job ${uuid}`, method: 'GET', path: `/jobs/${uuid}`, headers: {} } as const
    const { status, body } = await (await cabinet.get()).request(request, new AbortController().signal)
    if (status !== 200) return
    const job = Job.parse(JSON.parse(body))
    const { Kind, State, StartedAt, EndedAt } = job
    if (State !== 'done' && State !== 'failed' && State !== 'cancelled') return
    told.add(uuid)
    // Digests are made whenever somebody looks at a model; nobody waits for them.
    if (Kind === 'digests') return
    const took = StartedAt === null || EndedAt === null ? 0 : Date.parse(EndedAt) - Date.parse(StartedAt)
    // A change that is done is called by what it did.
    const end = Kind === 'bulk' && State === 'done' ? '' : ` ${outcomes[State]}`
    if (took >= LONG) announce({ title: `${jobName(job)}${end}`, body: jobRemark(job) })
  }

  return { hear: (event) => hear(event).catch(() => {}) }
}
