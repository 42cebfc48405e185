import { expect, it } from 'vitest'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { CabinetLink } from '../../link/link.ts'
import { supervise } from '../../processes/supervisor.ts'
import { importPaths } from './import-paths.ts'

// Protects the word that a cancelled import gives: it says that nothing was kept only where that is known.

const unused = () => {
  throw new Error('not asked for here')
}

/** A cabinet that is reached and then does as told with each file. */
function cabinetThat(importFile: CabinetLink['importFile']) {
  const endpoint = { url: null, tokenFile: '', dataDirectory: '', attached: false, version: '1' }
  const value: CabinetLink = { endpoint, request: unused, save: unused, onEvent: () => () => {}, importFile }
  return supervise<CabinetLink>({
    connect: async () => ({ value, ended: new Promise(() => {}), close: async () => {} }),
  })
}

const bring = (importFile: CabinetLink['importFile'], signal: AbortSignal) =>
  importPaths(cabinetThat(importFile), { id: 'one', paths: ['/models/a.onnx'] }, signal, () => {})

it('does not say that nothing was kept where the cabinet ended before it told', async () => {
  const stop = new AbortController()
  const [result] = await bring(async () => {
    stop.abort()
    throw new Problem('unavailable', 'The cabinet process ended before it responded.')
  }, stop.signal)
  expect(result).toMatchObject({ name: 'a.onnx', outcome: 'refused' })
  expect(result?.message).not.toContain('nothing was kept')
})

it('says so of what had not begun', async () => {
  const [result] = await bring(async () => {
    throw new DOMException('The request was cancelled.', 'AbortError')
  }, AbortSignal.abort())
  expect(result).toMatchObject({ outcome: 'cancelled', message: 'Cancelled. Nothing was imported.' })
})

it('asks once more where the cabinet ended and nobody cancelled', async () => {
  let asked = 0
  const [result] = await bring(async ({ path }) => {
    asked += 1
    if (asked === 1) throw new Problem('unavailable', 'The cabinet process ended before it responded.')
    return { path, name: 'a.onnx', outcome: 'imported', message: 'Imported.' }
  }, new AbortController().signal)
  expect(result).toMatchObject({ outcome: 'imported' })
  expect(asked).toBe(2)
})
