import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { deadline } from './deadline.ts'
import type { Environment } from './environment.ts'
import { answerErrors } from './errors.ts'

// Protects the promise that an operation past its time is answered, and that its work hears of it and ends.

const limited = (limit: number, work: (signal: AbortSignal) => Promise<string>) => {
  const unexpected: unknown[] = []
  const app = new Hono<Environment>()
  app.get('/', deadline(limit), async (context) => context.text(await work(context.var.signal)))
  app.onError(answerErrors((error) => unexpected.push(error), ''))
  return { app, unexpected }
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<string>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

describe('an operation with a time limit', () => {
  it('is answered with 504 and told to end when the time is over', async () => {
    let heard: AbortSignal | undefined
    const { app, unexpected } = limited(20, (signal) => {
      heard = signal
      return untilAborted(signal)
    })
    const response = await app.request('/')
    expect(response.status).toBe(504)
    expect(await response.json()).toEqual({
      Message: 'Stopped after 0.02 seconds, the limit for this operation. Nothing was changed.',
    })
    expect(heard?.aborted).toBe(true)
    expect(unexpected).toEqual([])
  })

  it('is answered when its work has cleared away what it left, in whatever words that ends', async () => {
    const order: string[] = []
    const { app, unexpected } = limited(20, async (signal) => {
      await untilAborted(signal).catch(() => {})
      await new Promise((done) => setTimeout(done, 20))
      order.push('cleared away')
      throw new Error('the work was cut off')
    })
    const response = await app.request('/')
    order.push('answered')
    expect(order).toEqual(['cleared away', 'answered'])
    expect(response.status).toBe(504)
    expect(unexpected).toEqual([])
  })

  it('that was finished in the last moment is not said to have changed nothing', async () => {
    const { app } = limited(20, async (signal) => {
      await untilAborted(signal).catch(() => {})
      return 'committed'
    })
    expect(await (await app.request('/')).text()).toBe('committed')
  })

  it('is answered with 504 even where its work does not listen, and what that says later is not heard', async () => {
    const { promise, resolve } = Promise.withResolvers<string>()
    const { app } = limited(20, () => promise)
    const response = await app.request('/')
    expect(response.status).toBe(504)
    resolve('too late')
    expect(await response.text()).not.toContain('too late')
  })

  it('within its time is answered as if there were none', async () => {
    const { app } = limited(60_000, async () => 'in time')
    expect(await (await app.request('/')).text()).toBe('in time')
  })

  it('is told to end when the caller goes away', async () => {
    let heard: AbortSignal | undefined
    const { app, unexpected } = limited(60_000, (signal) => {
      heard = signal
      return untilAborted(signal)
    })
    const gone = new AbortController()
    const answer = app.request('/', { signal: gone.signal })
    await expect.poll(() => heard).toBeDefined()
    gone.abort()
    await answer
    expect(heard?.aborted).toBe(true)
    expect(unexpected).toEqual([])
  })
})
