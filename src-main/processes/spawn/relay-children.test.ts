import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { isRunning } from '../testing/is-running.ts'
import type { Channel } from './channel.ts'
import { relayChildren } from './relay-children.ts'
import { createNodeSpawn } from './spawn-node.ts'

const file = (name: string) => fileURLToPath(new URL(`../testing/${name}`, import.meta.url))
const spawn = createNodeSpawn({ entryOf: (kind) => file(kind === 'cabinet' ? 'relay-owner.ts' : 'child.ts') })

const First = z.object({ pid: z.number(), pids: z.array(z.number()) })
const Second = z.object({ failure: z.string(), next: z.number() })

function hear<Shape extends z.ZodType>(owner: Channel, shape: Shape): Promise<z.output<Shape>> {
  return new Promise((resolve) => {
    owner.onMessage((message) => {
      const heard = shape.safeParse(message)
      if (heard.success) resolve(heard.data)
    })
  })
}

it('starts, kills and ends the children of a process that can start none', async () => {
  const owner = spawn('cabinet')
  relayChildren(owner, spawn)
  const [first, second] = await Promise.all([hear(owner, First), hear(owner, Second)])
  expect(first.pids).toContain(first.pid)
  expect(second.failure).toContain('0.05 s')
  expect(second.next).not.toBe(first.pid)
  await expect.poll(() => isRunning(first.pid)).toBe(false)
  expect(isRunning(second.next)).toBe(true)

  owner.kill()
  await expect.poll(() => isRunning(second.next)).toBe(false)
})
