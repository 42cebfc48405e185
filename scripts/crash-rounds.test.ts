import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { crashRounds } from './crash-rounds.ts'

// Protects the promise that nothing acknowledged is ever lost. `npm run crash-test` does the same twenty times.

it('keeps every acknowledged function through kill -9 in the middle of uploads', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'crash-'))
  const seed = Date.now() % 1_000_000
  try {
    const { acknowledged, kept, problems } = await crashRounds({ directory, rounds: 3, seed, say: () => {} })
    expect(problems, `seed ${seed}`).toEqual([])
    expect(kept).toBeGreaterThanOrEqual(acknowledged)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
})
