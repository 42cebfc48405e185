import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { readJson } from '../json.ts'

/** Times in ms since 1970: when the clock was last looked at, and the leaps that it made between two looks. */
const Looks = z.object({ at: z.number(), leaps: z.array(z.object({ from: z.number(), to: z.number() })) })
export type Looks = z.infer<typeof Looks>

const KEY = 'clock'

/** What the cabinet has seen of the machine's clock; a row of `setting`. */
export function createClockRepository(database: Database) {
  const read = database.prepare<[string], string>('SELECT value FROM setting WHERE name = ?').pluck()
  const write = database.prepare<[string, string]>('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)')
  return {
    looks: (): Looks | undefined => readJson(Looks, read.get(KEY) ?? 'null') ?? undefined,
    setLooks: (looks: Looks): void => void write.run(KEY, JSON.stringify(looks)),
  }
}
