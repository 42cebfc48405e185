import type { Database } from 'better-sqlite3'
import type { z } from 'zod'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { FunctionItem } from '../../../src-contract/contract/functions/function.ts'
import type { ListingQuery } from '../../../src-contract/contract/functions/listing.ts'
import { orAborted } from '../../../src-contract/util/or-aborted.ts'
import { ChildFailure } from '../../processes/pool/child-failure.ts'
import { createPool } from '../../processes/pool/pool.ts'
import type { Task } from '../../processes/pool/task.ts'
import type { Priority } from '../../processes/pool/task-queue.ts'
import type { Spawn } from '../../processes/spawn/channel.ts'
import {
  type FunctionPage,
  listIdsTask,
  listItemsTask,
  listTask,
  listUuidsTask,
  type PackedPage,
  packPage,
  unpackItems,
} from '../../reader/tasks/list-tasks.ts'
import { readOr } from '../../store/salvage.ts'
import type { Context } from '../kernel/context.ts'
import { isPlain, plainPage } from './plain-page.ts'

export type ListingService = {
  list(query: ListingQuery, context: Context): Promise<FunctionPage>
  /** The same as it goes out. */
  page(query: ListingQuery, context: Context): Promise<PackedPage>
  /** The UUIDs of every match, in the order of the query, whatever its Limit. */
  uuids(query: ListingQuery, context: Context): Promise<string[]>
  /** Every match in batches, in the order of the query, whatever its Limit. */
  stream(query: ListingQuery, context: Context): AsyncIterable<FunctionItem[]>
}

/** Milliseconds for reading the whole list into memory where it was not kept: half a minute for a million functions. */
const STARTUP_LIMIT = 600_000

/** Milliseconds after which the list is read into memory although nobody asked for the newest, which need not wait for that. */
const UNASKED = 500

/** The longest time that a timer knows, in milliseconds: 25 days. */
const NEVER = 2 ** 31 - 1

/** Functions that a stream reads at a time. */
const BATCH = 50

/**
 * Lists and searches, answered by processes that hold an index of the list in memory (store/function-list). Two work at a time, so
 * that nobody waits behind a request that hangs, or for whole lists, which leave one free; another stands warm beside them, for when one has to be killed.
 */
export function createListing({
  spawn,
  databasePath,
  database,
  deadline,
}: {
  spawn: Spawn
  databasePath: string
  /** Answers for the newest functions until the process has the list in its memory, which takes its time with very many. */
  database: Database
  /** Milliseconds for one answer. */
  deadline: number
}): ListingService & {
  /** Resolves when the list is in memory. */
  ready: Promise<void>
  pids(): number[]
  close(): Promise<void>
} {
  const { promise: ready, resolve: setReady } = Promise.withResolvers<void>()
  const pool = createPool({
    spawn,
    kind: 'reader',
    args: [databasePath, 'list'],
    size: 2,
    spare: 1,
    spareAfter: ready,
    startupLimit: STARTUP_LIMIT,
    idleLimit: NEVER,
  })
  let reading: Promise<unknown> | undefined
  let isReady = false
  /** Has one process read the list: several at once would only hinder each other. */
  const read = () => {
    clearTimeout(unasked)
    reading ??= pool
      .run(listTask, { Limit: 1 }, { deadline: STARTUP_LIMIT })
      .then(() => {
        isReady = true
      })
      // Whoever asks next is told what is wrong.
      .catch(() => {})
      .finally(setReady)
    return reading
  }
  const unasked = setTimeout(read, UNASKED).unref()
  /**
   * Whoever gives up waits no more, but ends no process at work, be it that he types on or that his time is over: it would have to read the list again. One that
   * hangs is ended by the deadline.
   */
  async function ask<Argument extends z.ZodType, Result extends z.ZodType>(
    task: Task<Argument, Result>,
    argument: z.input<Argument>,
    signal: AbortSignal | undefined,
    priority: Priority = 'interactive',
  ): Promise<z.output<Result>> {
    await (signal ? orAborted(read(), signal) : read())
    try {
      return await pool.run(task, argument, { deadline, signal, outlivesSignal: true, priority })
    } catch (error) {
      if (!(error instanceof ChildFailure && error.kind === 'deadline')) throw error
      throw new Problem('time-out', `${error.message} Nothing was changed.`, { cause: error })
    }
  }

  async function page(query: ListingQuery, { signal }: Context): Promise<PackedPage> {
    if (!isReady && isPlain(query)) {
      const newest = readOr(
        () => plainPage(database, query),
        () => undefined,
      )
      // A person sees the first page while the rest of the start goes on.
      setImmediate(read)
      // Where a page of the file is damaged, the list reader goes around it.
      if (newest) return packPage(newest)
    }
    return await ask(listTask, query, signal)
  }

  return {
    ready,
    page,
    async list(query, context) {
      const { rows, count: _, ...rest } = await page(query, context)
      return { ...rest, rows: unpackItems(rows) }
    },

    uuids: (query, { signal }) => ask(listUuidsTask, query, signal, 'background'),

    // Which functions, and in which order, is settled by the first read; their rows follow as they are asked for. So nobody's
    // slowness holds a transaction open, and none is lost or doubled whatever changes meanwhile.
    async *stream(query, { signal }) {
      const ids = await ask(listIdsTask, query, signal, 'background')
      for (let at = 0; at < ids.length; ) {
        const { rows, taken } = await ask(listItemsTask, ids.slice(at, at + BATCH), signal, 'background')
        yield unpackItems(rows)
        at += taken
      }
    },

    pids: () => pool.pids(),
    close() {
      clearTimeout(unasked)
      return pool.close()
    },
  }
}
