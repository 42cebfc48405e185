import { create } from 'zustand'
import type { EventKind } from '../../src-contract/contract/admin/event.ts'
import type { BulkChange, BulkRequest, Job } from '../../src-contract/contract/admin/job.ts'
import { operations } from '../../src-contract/operations/operations.ts'
import { groupedNumber, plural } from '../../src-contract/words/human-number.ts'
import { sentenceOf } from '../lib/api/api-error.ts'
import { call } from '../lib/api/client.ts'
import type { Filters } from '../lib/api/queries.ts'
import { queryClient } from '../lib/api/query-client.ts'
import { shownRows } from '../lib/api/shown-rows.ts'
import { withdrawAfter } from '../lib/api/undo-offers.ts'
import { tellDone, tellProblem } from '../lib/notices/notify.tsx'
import { choiceOf, type Targets } from '../lib/state/targets.ts'

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

/** What a job does to many models, and what takes it back. */
type ManyChange = {
  change: BulkChange
  /** Absent where there is no way back. */
  back?: BulkChange
  /** Models that are as wanted already: they are left alone, also on the way back. */
  already?: Filters
}

/** How to take back a job that this window began. */
type Begun = { back: BulkChange; hideNotice: () => void }

/** The changes of many models that this window began and that can be taken back, by the job. */
export const begunChanges = create<Readonly<Record<string, Begun>>>(() => ({}))

/** Begins a job that changes many models; the status bar shows how far it is. Undoing is a job as well. */
export async function changeMany(targets: Targets | 'trash', { change, back, already }: ManyChange): Promise<void> {
  try {
    const { Except, ...chosen } = targets === 'trash' ? { Trash: true as const } : choiceOf(targets)
    const { UUID, Title } = await startBulk({
      ...chosen,
      Except: { ...Except, ...(already && { Filter: already }) },
      Change: change,
    })
    const hideNotice = tellDone(`${Title}.`, back && { label: 'Undo', run: () => takeBack(UUID) })
    if (back) begunChanges.setState({ [UUID]: { back, hideNotice } })
    await queryClient.invalidateQueries({ queryKey: ['jobs'] })
  } catch (error) {
    tellProblem(`Nothing was changed. ${sentenceOf(error)}`)
  }
}

/** Takes back what a job of this window did, on just the models that it was for. */
export async function takeBack(job: string): Promise<void> {
  const { [job]: begun, ...others } = begunChanges.getState()
  if (!begun) return
  begunChanges.setState(others, true)
  begun.hideNotice()
  // What it has not done yet need not be done.
  await call(operations.controlJob, { uuid: job, order: 'cancel' }).catch(() => undefined)
  await startBulk({ Job: job, Change: begun.back })
  await queryClient.invalidateQueries({ queryKey: ['jobs'] })
}

/** Begins a bulk change. */
export async function startBulk(body: Omit<BulkRequest, 'DryRun'>): Promise<Job> {
  const answer = await call(operations.changeFunctions, { body })
  if (!('Kind' in answer)) throw new Error('Nothing was begun')
  return answer
}

/** Asks afresh for whatever shows functions. */
export async function refreshFunctions(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['functions'] }),
    queryClient.invalidateQueries({ queryKey: ['function'] }),
    queryClient.invalidateQueries({ queryKey: ['catalogues'] }),
  ])
}

/**
 * Says what was done, given without a full stop, with a way back, and what could not be done.
 * @param undone what the cabinet tells of each model when somebody went that way otherwise: the notice goes then
 */
export function tell(
  outcome: Outcome,
  done: string,
  undo: (uuids: string[]) => Promise<unknown>,
  undone?: EventKind,
): void {
  const { done: changed, refused } = outcome
  if (changed.length > 0)
    tellDone(`${done}.`, {
      label: 'Undo',
      run: async () => {
        await undo(changed)
        await refreshFunctions()
      },
      ...(undone && { until: (withdraw) => withdrawAfter(undone, changed, withdraw) }),
    })
  tellRefused(refused)
}

const LISTED = 3

/** What could not be changed and why, by name. */
export function tellRefused(refused: Outcome['refused']): void {
  if (refused.length === 0) return
  const listed = refused.slice(0, LISTED).map(({ uuid, reason }) => `${shownName(uuid)}: ${reason}`)
  const more = refused.length > LISTED ? ` And ${groupedNumber(refused.length - LISTED)} more.` : ''
  tellProblem(`${plural(refused.length, 'model')} could not be changed. ${listed.join(' ')}${more}`)
}

/** The name of a model that a list has shown. */
function shownName(uuid: string): string {
  return shownRows().find((row) => row.UUID === uuid)?.Name ?? uuid
}
