import { timeOut } from '../middleware/deadline.ts'

/** Batches of rows, as a producer that is cancelled by its signal gives them. */
export type Batches = (signal: AbortSignal) => AsyncIterable<readonly unknown[]>

/**
 * The rows as one JSON array, written while they are read, so that a list of any length takes little memory. The
 * promise ends with the first batch: until then errors can still be answered. Later ones cut the stream off, so that no
 * reader takes a part for the whole.
 * @param stall milliseconds that the producer may take for one batch
 * @param opening aborts while the first batch is awaited
 * @param json a row as it goes out
 */
export async function jsonArrayStream(
  batches: Batches,
  { stall, opening, json }: { stall: number; opening: AbortSignal; json: (row: unknown) => string },
): Promise<ReadableStream<Uint8Array>> {
  const controller = new AbortController()
  const stop = () => controller.abort(opening.reason)
  opening.addEventListener('abort', stop, { once: true })
  const iterator = batches(controller.signal)[Symbol.asyncIterator]()
  let next: IteratorResult<readonly unknown[]>
  try {
    opening.throwIfAborted()
    next = await withStallLimit(iterator.next(), stall, controller)
  } finally {
    opening.removeEventListener('abort', stop)
  }

  const encoder = new TextEncoder()
  let separator = '['
  return new ReadableStream<Uint8Array>(
    {
      async pull(stream) {
        if (next.done) {
          stream.enqueue(encoder.encode(separator === '[' ? '[]' : ']'))
          stream.close()
          return
        }
        const rows = next.value.map(json)
        if (rows.length > 0) {
          stream.enqueue(encoder.encode(separator + rows.join(',')))
          separator = ','
        }
        next = await withStallLimit(iterator.next(), stall, controller)
        // A pull that enqueues nothing is not repeated by itself.
        if (rows.length === 0) await this.pull?.(stream)
      },
      cancel(reason) {
        controller.abort(reason)
      },
    },
    { highWaterMark: 0 },
  )
}

async function withStallLimit<T>(step: Promise<T>, stall: number, controller: AbortController): Promise<T> {
  const { promise: stalled, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    const problem = timeOut(stall)
    controller.abort(problem)
    reject(problem)
  }, stall)
  try {
    return await Promise.race([step, stalled])
  } finally {
    clearTimeout(timer)
  }
}
