import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { AuditEntry } from '../../../src-contract/contract/admin/event.ts'
import { bob, modelBytes } from '../../cabinet/testing/test-cabinet.ts'
import { openTestApi, type TestApi, withForm, withJson } from '../testing/test-api.ts'

// Protects whoever has to find out later who did what: every change of every kind stands in the audit log with its author, its
// object, and the values before and after.

let api: TestApi
let folder: string
beforeAll(async () => {
  api = await openTestApi()
  folder = await mkdtemp(join(tmpdir(), 'audit-'))
})
afterAll(async () => {
  expect(api.unexpected).toEqual([])
  await api.remove()
  await rm(folder, { recursive: true, force: true })
})

const Made = z.looseObject({ UUID: z.string() })
const Entries = z.array(AuditEntry)

/** Does one thing, and gives its object and the entry that was written about it. */
async function done(path: string, init: RequestInit, caller = bob): Promise<{ uuid: string; entry: AuditEntry }> {
  const before = api.cabinet.events.latestId()
  const { status, body } = await api.ask(path, init, caller)
  expect({ path, status, body }).toMatchObject({ status: 200 })
  const entries = Entries.parse((await api.ask('/admin/audit')).body)
  // What the program finds out by itself goes on beside it.
  const own = entries.filter(({ Id, By, Kind }) => Id > before && By === caller.name && Kind !== 'job.changed')
  expect(own.map(({ Summary }) => Summary)).toHaveLength(1)
  const [entry] = own
  if (!entry) throw new Error('Nothing was written.')
  expect(entry.Change.length).toBeGreaterThan(0)
  return { uuid: Made.safeParse(body).data?.UUID ?? entry.UUID ?? '', entry }
}

const remove = { method: 'DELETE' }
const admin = { name: 'Carol', scope: 'admin' } as const

it('of functions', async () => {
  const file = { bytes: new Uint8Array(modelBytes(1)), name: 'model.onnx' }
  const { uuid, entry } = await done('/functions', withForm('POST', { data: '{"Name":"first"}', file }))
  expect(entry).toMatchObject({ Kind: 'function.created', UUID: uuid, By: 'Bob' })
  expect(entry.Change).toContainEqual({ Field: 'Name', Before: null, After: 'first' })
  const at = `/function/${uuid}`

  const changed = await done(at, withJson('PATCH', { Name: 'second', Fields: { accuracy: 0.9 }, Starred: true }))
  expect(changed.entry.Change).toEqual(
    expect.arrayContaining([
      { Field: 'Name', Before: 'first', After: 'second' },
      { Field: 'Fields', Before: {}, After: { accuracy: 0.9 } },
      { Field: 'Starred', Before: false, After: true },
    ]),
  )
  const replaced = await done(at, withForm('PATCH', { file: { ...file, bytes: new Uint8Array(modelBytes(2)) } }))
  expect(replaced.entry.Change).toEqual([expect.objectContaining({ Field: 'Files' })])
  const restored = await done(`${at}/restore`, withJson('POST', { Revision: 1 }))
  expect(restored.entry.Change).toContainEqual({ Field: 'Name', Before: 'second', After: 'first' })

  const removed = await done(at, remove)
  expect(removed.entry).toMatchObject({ Kind: 'function.deleted', UUID: uuid })
  const [{ After: deletedAt } = { After: null }] = removed.entry.Change
  const back = await done(`${at}/undelete`, { method: 'POST' })
  expect(back.entry.Change).toEqual([{ Field: 'DeletedAt', Before: deletedAt, After: null }])
})

it('of links', async () => {
  const path = join(folder, 'linked.onnx')
  await writeFile(path, modelBytes(3))
  const { uuid } = await done('/functions/link', withJson('POST', { Path: path }), admin)
  await expect.poll(async () => (await api.ask(`/function/${uuid}`)).body).toMatchObject({ Status: 'ok' })
  const about = Entries.parse((await api.ask(`/admin/audit?UUID=${uuid}`)).body)
  expect(about.flatMap(({ Change }) => Change)).toContainEqual(expect.objectContaining({ Field: 'Files', Before: [] }))
  const { entry } = await done(`/function/${uuid}/link`, withJson('PATCH', { EdgeImpulse: false }), admin)
  expect(entry.Change).toEqual([{ Field: 'Link', Before: path, After: null }])
})

it('of catalogues and the organisation', async () => {
  const { uuid, entry } = await done('/catalogues', withJson('POST', { Name: 'Vision' }))
  expect(entry).toMatchObject({ Kind: 'catalogue.created', UUID: uuid })
  const renamed = await done(`/catalogue/${uuid}`, withJson('PATCH', { Name: 'Seeing' }))
  expect(renamed.entry.Change).toEqual([{ Field: 'Name', Before: 'Vision', After: 'Seeing' }])
  const removed = await done(`/catalogue/${uuid}`, remove)
  expect(removed.entry.Change).toEqual([{ Field: 'Name', Before: 'Seeing', After: null }])
  const organisation = await done('/admin/organisation', withJson('PATCH', { Name: 'The lab' }), admin)
  expect(organisation.entry.Change).toEqual([{ Field: 'Name', Before: 'My models', After: 'The lab' }])
})

it('of tokens, without their secrets', async () => {
  const { uuid, entry } = await done('/admin/tokens', withJson('POST', { Name: 'ci', Scope: 'read' }), admin)
  expect(entry.Change).toContainEqual({ Field: 'Scope', Before: null, After: 'read' })
  const revoked = await done(`/admin/tokens/${uuid}`, remove, admin)
  expect(revoked.entry.Change).toEqual([{ Field: 'RevokedAt', Before: null, After: expect.any(String) }])
  expect(JSON.stringify((await api.ask('/admin/audit?Limit=1000')).body)).not.toContain('mc_')
})

it('of watched folders', async () => {
  const watched = join(folder, 'watched')
  await mkdir(watched)
  const { uuid, entry } = await done('/admin/watches', withJson('POST', { Path: watched }), admin)
  expect(entry.Change).toEqual([{ Field: 'Watch', Before: null, After: watched }])
  const removed = await done(`/admin/watches/${uuid}`, remove, admin)
  expect(removed.entry.Change).toEqual([{ Field: 'Watch', Before: watched, After: null }])
})
