import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFileStore } from '../../files/file-store.ts'
import { openStore, type Store } from '../../store/open-store.ts'
import { createRepositories } from '../../store/repositories/repositories.ts'
import { createChangeLog } from '../kernel/change-log.ts'
import { ada, modelBytes, openTestCabinet, type TestCabinet, upload } from '../testing/test-cabinet.ts'
import { createHousekeeping } from './housekeeping.ts'

const DAY = 24 * 60 * 60 * 1000

let opened: TestCabinet
let store: Store

/** A data folder with one function in its trash, and no cabinet that works in it. */
beforeEach(async () => {
  opened = await openTestCabinet()
  const { cabinet, directory } = opened
  const { body } = await cabinet.functions.create(ada, {}, { bundle: await upload(cabinet, modelBytes(1)) })
  cabinet.functions.remove(ada, body.UUID)
  await cabinet.close()
  store = openStore(directory)
})
afterEach(async () => {
  store.close()
  await opened.remove()
})

test('a clock that leaps does not empty the trash, and days that pass do', async () => {
  const repositories = createRepositories(store.database)
  const changeLog = createChangeLog(store, repositories.events)
  const files = createFileStore(opened.directory)
  const logged: unknown[] = []
  const log = (error: unknown) => logged.push(error)
  const { tidy, tidySince } = createHousekeeping({
    dataDirectory: opened.directory,
    files,
    repositories,
    changeLog,
    log,
  })
  const start = Date.now()
  const trashOn = async (day: number) => {
    await tidy(start + day * DAY)
    return repositories.functions.countTrash()
  }

  expect(await trashOn(400)).toBe(1)
  expect(changeLog.audit({ limit: 1 })[0]?.Summary).toMatch(/^The clock went from .* at once/)
  expect(await trashOn(-400)).toBe(1)
  for (const day of [0, 7, 14, 21, 28]) expect(await trashOn(day)).toBe(1)
  // A backup that was made long ago comes back with what was in its trash then.
  await tidySince(new Date(start - 100 * DAY).toISOString())
  expect(await trashOn(29)).toBe(1)
  for (let day = 30; day <= 60; day++) await trashOn(day)
  expect(repositories.functions.countTrash()).toBe(0)
  expect(logged).toEqual([])
})
