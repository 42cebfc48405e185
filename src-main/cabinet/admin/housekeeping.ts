import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { FileStore } from '../../files/file-store.ts'
import { closeAllToOthers } from '../../files/owner-only.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'
import type { ChangeLog } from '../kernel/change-log.ts'
import { expiredBefore, lookAgain } from './trash-clock.ts'

const DAY = 24 * 60 * 60 * 1000
/** Functions that leave the trash in one transaction. */
const BATCH = 100

/** What is done now and then so that nothing is kept for ever that nobody can reach. */
export type Housekeeping = {
  /** Removes what an upload left when the program was killed; before the first new one. */
  begin(): Promise<void>
  /** Empties the trash of what is past its time and puts files there that no row names; once now and then daily. */
  start(): void
  /** Removes the bytes of what a person deleted for good; with `all` also files that wait for their time in the folder `trash`. */
  free(options: { all: boolean }): Promise<void>
  /** Does all of it now. */
  tidy(now?: number): Promise<void>
  /** The same for a content that is as it was at a time, since when nothing has lain in its trash. */
  tidySince(madeAt: string): Promise<void>
  close(): Promise<void>
}

type Options = {
  dataDirectory: string
  files: FileStore
  repositories: Repositories
  changeLog: ChangeLog
  log: (error: unknown) => void
}

export function createHousekeeping({ dataDirectory, files, repositories, changeLog, log }: Options): Housekeeping {
  const { functions, downloads, clock, events } = repositories
  const closing = new AbortController()
  let daily: NodeJS.Timeout | undefined
  let work: Promise<void> = Promise.resolve()

  /** Waits for other programs that write, until the cabinet is closed. */
  const writable = () => changeLog.writeLock.whenFree({ signal: closing.signal }).catch(() => {})

  /** One thing after another. */
  function enqueue(step: () => Promise<void>): Promise<void> {
    const next = work.then(writable).then(step)
    work = next.catch(log)
    return next
  }

  /** @returns the time before which things have been in the trash for long enough */
  function lookAtClock(now: number): number {
    const [newest] = events.newest(Number.MAX_SAFE_INTEGER, 1)
    const last = clock.looks() ?? { at: Math.min(now, newest ? Date.parse(newest.At) : now), leaps: [] }
    const looks = lookAgain(last, now)
    const leapt = looks.leaps.at(-1)?.to === now && functions.countTrash() > 0
    changeLog.change((record) => {
      clock.setLooks(looks)
      if (!leapt) return
      const summary = `The clock went from ${day(last.at)} to ${day(now)} at once: the trash is kept for longer`
      record({ kind: 'cabinet.changed', uuid: null, by: 'cabinet', summary })
    })
    return expiredBefore(looks)
  }

  async function purgeExpired(time: number): Promise<void> {
    const before = new Date(time).toISOString()
    for (;;) {
      const expired = closing.signal.aborted ? [] : functions.trashedBefore(before, BATCH)
      if (expired.length === 0) return
      changeLog.change((record) => {
        for (const uuid of expired) {
          const stored = functions.find(uuid)
          if (!stored) continue
          functions.purge(stored.id)
          const summary = `Removed “${stored.item.Name}” for good after 30 days in the trash`
          record({ kind: 'function.purged', uuid, by: 'cabinet', summary })
        }
      })
      await nextTurn()
      await writable()
    }
  }

  /** @param how what becomes of files that have lost the last row that named them */
  async function dropUnnamed(how: 'discard' | 'remove'): Promise<void> {
    const digests = changeLog.change(() => downloads.removeUnnamed())
    for (const sha256 of digests) await files[how](sha256, downloads.isStored)
  }

  /** Files without a row: kept in the moment in which the program was killed. */
  async function discardOrphans(): Promise<void> {
    for await (const sha256 of files.digests()) {
      if (closing.signal.aborted) return
      if (!downloads.isStored(sha256)) await files.discard(sha256, downloads.isStored)
    }
  }

  const tidy = (now = Date.now()) =>
    enqueue(async () => {
      if (closing.signal.aborted) return
      const before = lookAtClock(now)
      await purgeExpired(before)
      await dropUnnamed('discard')
      await discardOrphans()
      await files.emptyTrash(before)
    })

  return {
    begin: () => files.sweep(),
    start() {
      // An older version, or a copy, may have left files that others can read; their folders are closed already.
      for (const name of ['files', 'trash']) {
        enqueue(() => closeAllToOthers(join(dataDirectory, name), closing.signal)).catch(() => {})
      }
      tidy().catch(() => {})
      daily = setInterval(() => tidy().catch(() => {}), DAY).unref()
    },
    free: ({ all }) =>
      enqueue(async () => {
        await dropUnnamed('remove')
        if (all) await files.emptyTrash(Number.POSITIVE_INFINITY)
      }),
    tidy,
    tidySince(madeAt) {
      const at = Date.parse(madeAt)
      if (at < Date.now()) changeLog.change(() => clock.setLooks({ at, leaps: clock.looks()?.leaps ?? [] }))
      return tidy()
    },
    async close() {
      closing.abort()
      clearInterval(daily)
      await work
    },
  }
}

const day = (time: number) => new Date(time).toISOString().slice(0, 10)
