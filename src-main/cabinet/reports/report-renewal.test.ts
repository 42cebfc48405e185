import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { ada, modelBytes, openTestCabinet, type TestCabinet, upload } from '../testing/test-cabinet.ts'

let test: TestCabinet

beforeEach(async () => {
  test = await openTestCabinet()
})

afterEach(() => test.remove())

/** Makes the cabinet what an older version left: reports without the keys that came later. */
async function age(change: string): Promise<void> {
  await test.cabinet.close()
  const database = new Database(join(test.directory, 'cabinet.db'))
  database.exec(change)
  database.close()
  await test.reopen()
}

const withoutLaterKeys = `UPDATE inspection SET report_version = 1,
  report = json_remove(report, '$.TrainingSteps', '$.Devices', '$.Graph.Metadata', '$.Warnings', '$.Compute', '$.Inputs[0].Labels')`

// Protects who opens a folder of an older version: no key of a report may be missing, for the window and every answer count on it.
it('shows what an older report holds, and reads the model again in the background', async () => {
  const { body } = await test.cabinet.functions.create(ada, {}, { bundle: await upload(test.cabinet, modelBytes()) })
  const report = () => test.cabinet.functions.inspection(body.UUID)
  await expect.poll(() => report().Runtime.State).toBe('ok')
  const whole = report()
  await age(withoutLaterKeys)
  expect(Inspection.parse(report())).toMatchObject({ Format: 'onnx' })
  await expect.poll(report).toEqual({ ...whole, ReadTime: expect.any(Number) })
  expect(test.cabinet.functions.get(body.UUID).body.UpdatedAt).toBe(body.UpdatedAt)
})

it('keeps showing an older report whose file is lost', async () => {
  const { body } = await test.cabinet.functions.create(ada, {}, { bundle: await upload(test.cabinet, modelBytes()) })
  rmSync(join(test.directory, 'files'), { recursive: true })
  await age(withoutLaterKeys)
  const report = Inspection.parse(test.cabinet.functions.inspection(body.UUID))
  expect(report).toMatchObject({ FileSha256: expect.any(String), TrainingSteps: [], Warnings: [] })
  expect(report.Graph.Nodes).toBe(1)
})
