import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { recordWriter } from '../../src-main/reader/list/testing/write-record.ts'
import { migrations } from '../../src-main/store/migrations/index.ts'
import { openStore } from '../../src-main/store/open-store.ts'
import { makeRecord } from './make-record.ts'
import { createRandom } from './random.ts'
import { wordStock } from './word-stock.ts'

/** Raise it where other functions are made. */
const EDITION = 3
const AT_ONCE = 10_000

/**
 * The data folder of a cabinet of so many functions, without their files; made at first, then kept in `.cache`. Whoever changes
 * it spoils it for the next: copy it first.
 */
export function cabinetOf(count: number): string {
  const schema = migrations.at(-1)?.version ?? 0
  const folder = join(import.meta.dirname, '../../.cache/bench', `functions-${count}-${EDITION}-${schema}`)
  if (existsSync(folder)) return folder
  const start = performance.now()
  const partial = `${folder}.partial`
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(partial, { recursive: true })
  fill(partial, count)
  renameSync(partial, folder)
  console.error(`made ${count.toLocaleString('en')} functions in ${((performance.now() - start) / 1000).toFixed(1)} s`)
  return folder
}

function fill(folder: string, count: number): void {
  const store = openStore(folder)
  const random = createRandom(count)
  const words = wordStock()
  // A cut-off attempt is thrown away, so nothing here need be on disk at once.
  store.database.pragma('synchronous = OFF')
  store.database.pragma('cache_size = -400000')
  const writer = recordWriter(store.database)
  for (let id = 1; id <= count; id += AT_ONCE) {
    store.change(() => {
      for (let next = id; next < id + AT_ONCE && next <= count; next++) writer.write(makeRecord(random, words, next))
    })
  }
  store.database.exec('ANALYZE')
  store.close()
}
