import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startsServe } from './desk.ts'
import { crashRounds } from './rounds.ts'

// Protects the promise that nothing acknowledged is ever lost. `npm run crash-test` does the same for longer.

it('keeps what was acknowledged through kill -9 in the middle of anything', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'crash-'))
  const seed = 20_261_130
  try {
    const { findings } = await crashRounds({ folder, kills: 12, seed, start: startsServe({}), say: () => {} })
    expect(findings).toEqual([])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
