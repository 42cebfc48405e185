import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { modelBytes } from '../cabinet/testing/test-cabinet.ts'
import { openTestApi, type TestApi, withForm } from './testing/test-api.ts'

// Protects whoever takes the drive off, or moves the data folder, while the program runs: what cannot be done says why.

let api: TestApi
beforeEach(async () => {
  api = await openTestApi()
})
afterEach(() => api.remove())

// Windows lets nobody move a folder that is in use.
it.skipIf(process.platform === 'win32')('says that the data folder is gone, and goes on when it is back', async () => {
  const elsewhere = `${api.directory}-elsewhere`
  const upload = () =>
    api.ask('/functions', withForm('POST', { file: { bytes: new Uint8Array(modelBytes()), name: 'model.onnx' } }))
  await rename(api.directory, elsewhere)
  // As Chromium does with its own.
  await mkdir(join(api.directory, 'window'), { recursive: true })
  const gone = { status: 503, body: { Message: expect.stringContaining('The data folder no longer exists.') } }
  try {
    expect(await upload()).toMatchObject(gone)
    expect(await api.ask('/admin/health')).toMatchObject(gone)
  } finally {
    await rm(api.directory, { recursive: true })
    await rename(elsewhere, api.directory)
  }
  expect(await upload()).toMatchObject({ status: 200, body: { Name: 'model' } })
  expect(await api.ask('/admin/health')).toMatchObject({ status: 200 })
})
