import { expect, it } from 'vitest'
import { createKeyedMutex } from './keyed-mutex.ts'

// Protects what asks and then acts: two of one key would both be told that nothing is there yet.

it('lets work of one key follow another, also one that failed, and never waits for other keys', async () => {
  const keyedMutex = createKeyedMutex<string>()
  const told: string[] = []
  let finish = () => {}
  const first = new Promise<void>((resolve) => {
    finish = resolve
  })
  const broken = keyedMutex('a', async () => {
    told.push('a begins')
    await first
    throw new Error('broken')
  })
  const second = keyedMutex('a', async () => told.push('a again'))
  await keyedMutex('b', async () => told.push('b'))
  expect(told).toEqual(['a begins', 'b'])
  finish()
  await expect(broken).rejects.toThrow('broken')
  await second
  await keyedMutex('a', async () => told.push('a later'))
  expect(told).toEqual(['a begins', 'b', 'a again', 'a later'])
})
