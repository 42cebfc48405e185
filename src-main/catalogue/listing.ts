import { timeLimits } from '../../src-contract/operations.ts'
import type { Spawn } from '../processes/channel.ts'
import { createPool } from '../processes/pool.ts'
import type { ListingService } from './cabinet.ts'
import { listIdsTask, listItemsTask, listTask, unpackItems } from './listing-tasks.ts'

/** Milliseconds for reading the whole list into memory where it was not kept: half a minute for a million functions. */
const STARTUP_LIMIT = 600_000

/** The longest time that a timer knows, in milliseconds: 25 days. */
const NEVER = 2 ** 31 - 1

/** Functions that a stream reads at a time. */
const BATCH = 200

/**
 * Lists and searches, answered by a process that holds an index of the list in memory (store/function-list), with a second one
 * beside it, warm, for when it has to be killed.
 */
export function createListing({
  spawn,
  databasePath,
}: {
  spawn: Spawn
  databasePath: string
}): ListingService & { pids(): number[]; close(): Promise<void> } {
  const pool = createPool({
    spawn,
    kind: 'reader',
    args: [databasePath, 'list'],
    size: 1,
    spare: 1,
    startupLimit: STARTUP_LIMIT,
    idleLimit: NEVER,
  })
  const deadline = timeLimits.listFunctions

  return {
    async list(query, { signal }) {
      const { rows, ...page } = await answered(pool.run(listTask, query, { deadline }), signal)
      return { ...page, rows: unpackItems(rows) }
    },

    // Which functions, and in which order, is settled by the first read; their rows follow as they are asked for. So nobody's
    // slowness holds a transaction open, and none is lost or doubled whatever changes meanwhile.
    async *stream(query, { signal }) {
      const ids = await answered(pool.run(listIdsTask, query, { deadline }), signal)
      for (let at = 0; at < ids.length; at += BATCH) {
        yield unpackItems(await answered(pool.run(listItemsTask, ids.slice(at, at + BATCH), { deadline }), signal))
      }
    },

    pids: () => pool.pids(),
    close: () => pool.close(),
  }
}

/**
 * Waits for an answer until the signal aborts. The process is not killed then: it is done in milliseconds, and its successor would
 * have to read the list first, which somebody who types, and so gives up each search for the next, would feel.
 */
async function answered<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  // Nobody may be waiting any more when it comes.
  answer.catch(() => undefined)
  signal?.throwIfAborted()
  const { promise: given, reject: giveUp } = Promise.withResolvers<never>()
  const abort = () => giveUp(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([answer, given])
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}
