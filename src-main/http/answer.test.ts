import { Readable } from 'node:stream'
import { expect, it } from 'vitest'
import { takeIn } from './answer.ts'

// Protects everyone else from senders of what was refused: it is taken in by turns, however fast it comes.

it('takes in bodies without an end evenly, and lets others have their turn', async () => {
  const taken = new Map<Readable, number>()
  const bodies = Array.from({ length: 10 }, () => {
    const body = new Readable({
      read() {
        taken.set(body, (taken.get(body) ?? 0) + 1)
        this.push(Buffer.alloc(65_536))
      },
    })
    return body
  })
  for (const body of bodies) takeIn(body)
  let turns = 0
  const sum = () => [...taken.values()].reduce((left, right) => left + right, 0)
  while (sum() < 500) {
    await new Promise((resolve) => setTimeout(resolve, 1))
    turns++
  }
  // A turn of ours comes at least with every second of its.
  expect(turns).toBeGreaterThan(30)
  expect(Math.max(...taken.values()) - Math.min(...taken.values())).toBeLessThan(10)
  for (const body of bodies) body.destroy()
})

it('takes in a body to its end', async () => {
  const body = Readable.from([Buffer.alloc(10), Buffer.alloc(10)])
  takeIn(body)
  await new Promise((resolve) => body.once('close', resolve))
  expect(body.readableEnded).toBe(true)
})
