import { groupedNumber } from '../../src-contract/human-number.ts'
import type { BulkChange } from '../../src-contract/job.ts'
import { sentenceOf } from '../api/api-error.ts'
import { everyUuid } from '../api/every-uuid.ts'
import { startBulk } from '../api/jobs.ts'
import { queryClient } from '../api/query-client.ts'
import { shownRows } from '../api/shown-rows.ts'
import { tellDone, tellProblem } from '../components/tell.tsx'
import { plural } from '../format/quantity.ts'

/** What became of a change to many models: those that changed, those that were so already, and why others refused. */
export type Outcome = { done: string[]; unchanged: number; refused: { uuid: string; reason: string }[] }

/** Few at a time, since the cabinet writes one after the other anyhow. */
export async function each(uuids: readonly string[], change: (uuid: string) => Promise<unknown>): Promise<Outcome> {
  const outcome: Outcome = { done: [], unchanged: 0, refused: [] }
  const queue = [...uuids]
  const worker = async () => {
    for (let uuid = queue.shift(); uuid !== undefined; uuid = queue.shift()) {
      try {
        if ((await change(uuid)) === 'unchanged') outcome.unchanged += 1
        else outcome.done.push(uuid)
      } catch (error) {
        outcome.refused.push({ uuid, reason: sentenceOf(error) })
      }
    }
  }
  await Promise.all([worker(), worker(), worker(), worker()])
  return outcome
}

/** More models than this are changed by a job of the cabinet, which goes on when the window is closed. */
export const MANY = 40

/** Those that are not so already: undoing must not touch the others. */
export async function but(uuids: readonly string[], already: Record<string, string>): Promise<string[]> {
  const done = new Set(await everyUuid(already))
  return uuids.filter((uuid) => !done.has(uuid))
}

/** Begins a job that changes many models; the status bar shows how far it is. Undoing is a job as well. */
export async function changeMany(
  uuids: readonly string[],
  change: BulkChange,
  back: BulkChange,
  sentence: string,
): Promise<void> {
  if (uuids.length === 0) return tellDone('There was nothing to change.')
  try {
    await startBulk({ Functions: [...uuids], Change: change })
    await queryClient.invalidateQueries({ queryKey: ['jobs'] })
    tellDone(sentence, {
      label: 'Undo',
      run: async () => {
        await startBulk({ Functions: [...uuids], Change: back })
        await queryClient.invalidateQueries({ queryKey: ['jobs'] })
      },
    })
  } catch (error) {
    tellProblem(`Nothing was changed. ${sentenceOf(error)}`)
  }
}

/** Asks afresh for whatever shows functions. */
export async function refreshFunctions(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['functions'] }),
    queryClient.invalidateQueries({ queryKey: ['function'] }),
    queryClient.invalidateQueries({ queryKey: ['catalogues'] }),
  ])
}

export function tell(outcome: Outcome, done: string, undo: (uuids: string[]) => Promise<unknown>): void {
  const { done: changed, refused } = outcome
  if (changed.length > 0)
    tellDone(done, {
      label: 'Undo',
      run: async () => {
        await undo(changed)
        await refreshFunctions()
      },
    })
  tellRefused(refused)
}

const TOLD = 3

/** What could not be changed and why, by name. */
export function tellRefused(refused: Outcome['refused']): void {
  if (refused.length === 0) return
  const told = refused.slice(0, TOLD).map(({ uuid, reason }) => `${shownName(uuid)}: ${reason}`)
  const more = refused.length > TOLD ? ` And ${groupedNumber(refused.length - TOLD)} more.` : ''
  tellProblem(`${plural(refused.length, 'model')} stayed as before. ${told.join(' ')}${more}`)
}

/** The name of a model that a list has shown. */
function shownName(uuid: string): string {
  return shownRows().find((row) => row.UUID === uuid)?.Name ?? uuid
}
