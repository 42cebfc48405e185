import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { modelBytes } from '../catalogue/testing/test-cabinet.ts'
import { addModel, convolutionModel } from '../onnx/testing/feature-models.ts'
import { createSteady } from './testing/steady.ts'
import { openTestApi, withForm, withJson } from './testing/test-api.ts'

// Protects readers of the document from examples that were never true: each is what the program answers, kept in examples.json.
// After a change that is meant: `npm test -- -u src-main/api/examples.test.ts`, and look at the difference.

const Made = z.looseObject({ UUID: z.string() })

it('are what the program answers', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'examples-'))
  const api = await openTestApi()
  const steady = createSteady(folder)
  const examples: Record<string, unknown> = {}

  /** Asks, keeps the answer as the operation's example, and gives the UUID in it. */
  async function keep(operation: string, path: string, init: RequestInit = {}): Promise<string> {
    const { status, body } = await api.ask(path, init)
    expect(status, `${operation}: ${JSON.stringify(body)}`).toBe(200)
    examples[operation] = steady(body)
    return Made.safeParse(body).data?.UUID ?? ''
  }
  const settled = (path: string, state: object) =>
    expect.poll(async () => (await api.ask(path)).body, { timeout: 20_000 }).toMatchObject(state)

  await keep('getStatus', '/status')
  await keep('getConfiguration', '/configuration')
  await keep('editOrganisation', '/admin/organisation', withJson('PATCH', { Name: 'The lab' }))
  await keep('getOrganisation', '/admin/organisation')
  const catalogue = await keep('addCatalogue', '/catalogues', withJson('POST', { Name: 'Vision' }))
  const data = {
    Name: 'Cats and dogs',
    Documentation: 'Tells cats from dogs.',
    SourceName: 'Pet project',
    SourceUrl: 'https://example.org/pets',
    Catalogues: [catalogue],
    Fields: { accuracy: 0.912 },
  }
  const file = { bytes: new Uint8Array(modelBytes(1, convolutionModel)), name: 'pets.onnx' }
  const pets = await keep('addFunction', '/functions', withForm('POST', { data: JSON.stringify(data), file }))
  await settled(`/function/${pets}`, { Runs: true })
  await api.cabinet.digests.of(pets, {})
  await keep('getInspection', `/function/${pets}/inspection`)
  await keep('getGraph', `/function/${pets}/graph?Limit=1`)
  const sum = { bytes: new Uint8Array(modelBytes(2, addModel)), name: 'sum.onnx' }
  const adder = Made.parse((await api.ask('/functions', withForm('POST', { file: sum }))).body).UUID
  await settled(`/function/${adder}`, { Runs: true })
  await keep('runFunction', `/function/${adder}/run`, withJson('POST', { Inputs: { x: { Data: [[1, 2, 3]] } } }))
  await keep('compareFunctions', `/function/${pets}/compare/${adder}`)
  await keep('updateFunction', `/function/${pets}`, withJson('PATCH', { Alias: 'pets', Starred: true }))
  await keep('getFunction', `/function/${pets}`)
  await keep('listFunctions', '/functions?q=cats&Limit=10')
  await keep('listFunctionsCompat', '/functions/compat?OrderBy=Name&Limit=1')
  await keep('listOptions', '/functions/options')
  await keep('listSources', '/functions/sources')
  await keep('getStatistics', '/functions/statistics')
  await keep('getCatalogue', `/catalogue/${catalogue}`)
  await keep('listCatalogues', '/catalogues')
  await keep('editCatalogue', `/catalogue/${catalogue}`, withJson('PATCH', { Name: 'Seeing' }))
  await keep('getHistory', `/function/${pets}/history`)
  await keep('restoreRevision', `/function/${pets}/restore`, withJson('POST', { Revision: 1 }))

  const verify = await keep('verifyCabinet', '/admin/verify', { method: 'POST' })
  await settled(`/jobs/${verify}`, { State: 'done' })
  await keep('getJob', `/jobs/${verify}`)
  await keep('listJobs', '/jobs')
  const bulk = await keep(
    'changeFunctions',
    '/functions/bulk',
    withJson('POST', { Functions: [pets, adder], Change: { Set: { Starred: true } } }),
  )
  await settled(`/jobs/${bulk}`, { State: 'done' })
  const benchmark = await keep('benchmarkFunction', `/function/${adder}/benchmark`, withJson('POST', { Runs: 50_000 }))
  await keep('controlJob', `/jobs/${benchmark}/cancel`, { method: 'POST' })
  await settled(`/jobs/${benchmark}`, { State: 'cancelled' })

  await keep('deleteFunction', `/function/${adder}`, { method: 'DELETE' })
  await keep('listTrash', '/functions/trash')
  await keep('undeleteFunction', `/function/${adder}/undelete`, { method: 'POST' })

  await writeFile(join(folder, 'linked.onnx'), modelBytes(3))
  const linked = await keep(
    'addFunctionLink',
    '/functions/link',
    withJson('POST', { Path: join(folder, 'linked.onnx') }),
  )
  await settled(`/function/${linked}`, { Status: 'ok', Runs: true })
  await keep('updateFunctionLink', `/function/${linked}/link`, withJson('PATCH', { EdgeImpulse: false }))
  await keep('importFiles', '/admin/import', withJson('POST', { Paths: [join(folder, 'linked.onnx')] }))
  await keep('importExamples', '/admin/examples', { method: 'POST' })
  await keep('inspectFile', '/admin/inspect', withJson('POST', { Path: join(folder, 'linked.onnx') }))
  await keep('backUp', '/admin/backup', withJson('POST', { Path: join(folder, 'backup') }))
  await mkdir(join(folder, 'watched'))
  const watch = await keep('addWatch', '/admin/watches', withJson('POST', { Path: join(folder, 'watched') }))
  await settled('/admin/watches', [{ State: 'watching' }])
  await keep('listWatches', '/admin/watches')
  await keep('removeWatch', `/admin/watches/${watch}`, { method: 'DELETE' })
  await keep('listAudit', '/admin/audit?Limit=1&UUID='.concat(catalogue))

  const token = await api.ask('/admin/tokens', withJson('POST', { Name: 'training server', Scope: 'write' }))
  examples.addToken = steady(token.body)
  await keep('listTokens', '/admin/tokens')
  const Password = z.looseObject({ Secret: z.string() }).parse(token.body).Secret
  const signIn = await api.ask('/auth/authenticate/signin', withJson('POST', { Email: 'ada@example.org', Password }))
  examples.signIn = steady(signIn.body)
  const refresh = z.looseObject({ RefreshToken: z.string() }).parse(signIn.body).RefreshToken
  const Authorization = `Bearer ${refresh}`
  await keep('refreshToken', '/auth/authenticate/refresh-token', { method: 'POST', headers: { Authorization } })
  await keep('revokeToken', `/admin/tokens/${Made.parse(token.body).UUID}`, { method: 'DELETE' })
  const empty = Made.parse((await api.ask('/catalogues', withJson('POST', { Name: 'Empty' }))).body).UUID
  await keep('deleteCatalogue', `/catalogue/${empty}`, { method: 'DELETE' })

  expect(api.unexpected).toEqual([])
  await api.remove()
  await rm(folder, { recursive: true, force: true })
  await expect(`${JSON.stringify(examples, null, 2)}\n`).toMatchFileSnapshot('./examples.json')
}, 60_000)
