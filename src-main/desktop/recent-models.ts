import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { z } from 'zod'
import type { CabinetEvent } from '../../src-contract/contract/admin/event.ts'
import { FunctionDetail } from '../../src-contract/contract/functions/function.ts'
import { Uuid } from '../../src-contract/util/identifiers.ts'
import type { CabinetLink } from '../link/link.ts'
import type { Supervisor } from '../processes/supervisor.ts'

const KEPT = 10

const Recent = z.object({ uuid: Uuid, name: z.string() })
type Recent = z.infer<typeof Recent>

export interface RecentModels {
  readonly all: readonly Recent[]
  /** A model's page was opened: it becomes the first. */
  visit(uuid: string): Promise<void>
  /** Keeps the names true, and forgets what is gone. */
  hear(event: CabinetEvent): Promise<void>
  clear(): void
}

/** The models that were looked at last, newest first, kept in a file of this window's own. `onChange` hears of every change. */
export function keepRecentModels(file: string, cabinet: Supervisor<CabinetLink>, onChange: () => void): RecentModels {
  let all = read(file)
  let written: Promise<unknown> = Promise.resolve()

  function set(next: Recent[]): void {
    all = next.slice(0, KEPT)
    onChange()
    // One after the other; a list that could not be kept is no reason to disturb anybody.
    written = written.then(() => writeFile(file, JSON.stringify(all))).catch(() => {})
  }

  async function nameOf(uuid: string): Promise<string | undefined> {
    const request = { id: `recent ${uuid}`, method: 'GET', path: `/function/${uuid}`, headers: {} } as const
    const { status, body } = await (await cabinet.get()).request(request, new AbortController().signal)
    return status === 200 ? FunctionDetail.parse(JSON.parse(body)).Name : undefined
  }

  return {
    get all() {
      return all
    },
    async visit(uuid) {
      const name = await nameOf(uuid)
      if (name !== undefined) set([{ uuid, name }, ...all.filter((one) => one.uuid !== uuid)])
    },
    async hear({ Kind, UUID }) {
      const known = all.find(({ uuid }) => uuid === UUID)
      if (!known || !['function.updated', 'function.deleted', 'function.purged'].includes(Kind)) return
      const name = await nameOf(known.uuid)
      if (name === known.name) return
      set(all.flatMap((one) => (one !== known ? [one] : name === undefined ? [] : [{ ...one, name }])))
    },
    clear: () => set([]),
  }
}

function read(file: string): Recent[] {
  try {
    return z.array(Recent).parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return []
  }
}
