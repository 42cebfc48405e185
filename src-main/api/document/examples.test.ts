import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { NPZ } from '../../../src-contract/operations/models.ts'
import { ada, modelBytes } from '../../cabinet/testing/test-cabinet.ts'
import { addModel, convolutionModel } from '../../onnx/testing/feature-models.ts'
import { writeNpz } from '../../runtime/tensor/npz.ts'
import { readDocument } from '../testing/document.ts'
import { createSteady } from '../testing/steady.ts'
import { openTestApi, withForm, withJson } from '../testing/test-api.ts'
import { undocumented } from '../testing/undocumented.ts'

// Protects readers of the document from examples that were never true: each is what was asked of the program and what it answered,
// kept in examples.json, from where the document takes it.
// After a change that is meant: `npm test -- src-main/api/document/examples.test.ts -u`, and look at the difference.

const Made = z.looseObject({ UUID: z.string() })

it('are what the program answers', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'examples-'))
  const api = await openTestApi()
  const steady = createSteady({ models: folder, data: api.directory })
  const document = readDocument((await api.ask('/openapi.json?private=true')).body)
  const examples: Record<string, { Request?: unknown; Response?: unknown }> = {}

  /** Asks, holds the answer against the document, keeps both as the operation's example, and gives the answer. */
  async function keepAnswer(name: string, path: string, init: RequestInit = {}): Promise<unknown> {
    const response = await api.app.request(path, init, { caller: ada })
    const isJson = response.headers.get('content-type') === 'application/json'
    const body: unknown = isJson ? await response.clone().json() : undefined
    expect({ name, status: response.status, body }).toMatchObject({ status: 200 })
    const operation = document.operations.find(({ operationId }) => operationId === name)
    expect(operation && (await undocumented(document, operation, response)), name).toEqual([])
    examples[name] = {
      ...(typeof init.body === 'string' && { Request: steady(JSON.parse(init.body)) }),
      ...(isJson && { Response: steady(body) }),
    }
    return body
  }
  const keep = async (name: string, path: string, init: RequestInit = {}): Promise<string> =>
    Made.safeParse(await keepAnswer(name, path, init)).data?.UUID ?? ''
  const settled = (path: string, state: object) =>
    expect.poll(async () => (await api.ask(path)).body).toMatchObject(state)

  await keep('getStatus', '/status')
  await keep('getConfiguration', '/configuration')
  await keep('editOrganisation', '/admin/organisation', withJson('PATCH', { Name: 'The lab' }))
  await keep('getOrganisation', '/admin/organisation')
  await keep('editSettings', '/admin/settings', withJson('PATCH', { MaxUploadSize: 4 * 1024 ** 3 }))
  await keep('getSettings', '/admin/settings')
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
  const form = withForm('POST', { data: JSON.stringify(data), file })
  const pets = await keep('addFunctionFile', '/function', form)
  await settled(`/function/${pets}`, { Runs: true })
  await api.cabinet.digests.of(pets, {})
  const drivers = { InputDriver: 'vision', InputDriverDetails: {}, OutputDriver: 'vision', OutputDriverDetails: {} }
  await keep('addFunction', '/functions', withJson('POST', { Name: 'Planned', ...drivers }))
  await keep('downloadFile', `/function/${pets}/download/pets.onnx`)
  await keep('downloadFolder', `/function/${pets}/download.zip`)
  await keep('locateFunction', `/admin/function/${pets}/location`)
  await keep('getInspection', `/function/${pets}/inspection`)
  await keep('checkFunction', `/function/${pets}/check`, { method: 'POST' })
  await settled(`/function/${pets}`, { Runs: true })
  await keep('getGraph', `/function/${pets}/graph?Limit=1`)
  await keep('getTensor', `/function/${pets}/tensor?Name=weights`)
  const sum = { bytes: new Uint8Array(modelBytes(2, addModel)), name: 'sum.onnx' }
  const adder = Made.parse((await api.ask('/functions', withForm('POST', { file: sum }))).body).UUID
  await settled(`/function/${adder}`, { Runs: true })
  await keep('runFunction', `/function/${adder}/run`, withJson('POST', { Inputs: { x: { Data: [[1, 2, 3]] } } }))
  await keep('runFunctionNpz', `/function/${adder}/run.npz`, {
    method: 'POST',
    headers: { 'Content-Type': NPZ },
    body: new Uint8Array(writeNpz(new Map())),
  })
  await keep('compareFunctions', `/function/${pets}/compare/${adder}`)
  await keep('updateFunction', `/function/${pets}`, withJson('PATCH', { Alias: 'pets', Starred: true }))
  await keep('replaceFile', `/function/${pets}/file`, withForm('PUT', { data: JSON.stringify({ Alias: 'pets' }) }))
  await keep('getFunction', `/function/${pets}`)
  await keep('listFunctions', '/functions?q=cats&Limit=10')
  await keep('listFunctionsCompat', '/functions/compat?OrderBy=Name&Limit=1')
  await keep('countFunctions', '/functions/counts', withJson('POST', { Lists: [{}, { q: 'cats' }] }))
  await keep('listOptions', '/functions/options')
  await keep('listSources', '/functions/sources')
  await keep('listFields', '/functions/fields')
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
  const measured = await api.ask(`/function/${adder}/benchmark`, withJson('POST', { Runs: 3 }))
  await settled(`/jobs/${Made.parse(measured.body).UUID}`, { State: 'done' })
  await keep('listBenchmarks', `/function/${adder}/benchmarks`)
  const benchmark = await keep('benchmarkFunction', `/function/${adder}/benchmark`, withJson('POST', { Runs: 50_000 }))
  await keep('controlJob', `/jobs/${benchmark}/cancel`, { method: 'POST' })
  await settled(`/jobs/${benchmark}`, { State: 'cancelled' })

  await keep('deleteFunction', `/function/${adder}`, { method: 'DELETE' })
  await keep('listTrash', '/functions/trash')
  await keep('undeleteFunction', `/function/${adder}/undelete`, { method: 'POST' })
  await keep(
    'setHostToken',
    '/admin/host-tokens',
    withJson('POST', { Origin: 'https://huggingface.co', Token: 'hf_token' }),
  )
  await keep('listHostTokens', '/admin/host-tokens')
  await keep('removeHostToken', '/admin/host-tokens?Origin=https://huggingface.co', { method: 'DELETE' })
  await settled(`/jobs/${await keep('emptyTrash', '/functions/trash', { method: 'DELETE' })}`, { State: 'done' })

  await writeFile(join(folder, 'linked.onnx'), modelBytes(3))
  const linked = await keep(
    'addFunctionLink',
    '/functions/link',
    withJson('POST', { Path: join(folder, 'linked.onnx') }),
  )
  await settled(`/function/${linked}`, { Status: 'ok', Runs: true })
  await keep('updateFunctionLink', `/function/${linked}/link`, withJson('PATCH', { EdgeImpulse: false }))
  const paths = withJson('POST', { Paths: [join(folder, 'linked.onnx')] })
  await settled(`/jobs/${await keep('importFiles', '/admin/import', paths)}`, { State: 'done' })
  const shipped = await keep('importExamples', '/admin/examples', { method: 'POST' })
  await settled(`/jobs/${shipped}`, { State: 'done' })
  await keep('inspectFile', '/admin/inspect', withJson('POST', { Path: join(folder, 'linked.onnx') }))
  const backup = withJson('POST', { Path: join(folder, 'backup') })
  await settled(`/jobs/${await keep('backUp', '/admin/backup', backup)}`, { State: 'done' })
  await keep('exportCabinet', '/admin/export')
  const prepared = await keep('prepareExport', '/admin/export', withJson('POST', { Functions: [pets, adder] }))
  await keep('exportPrepared', `/admin/export/${prepared}`)
  await keep('getHealth', '/admin/health')
  await keep('streamEvents', '/events')
  await keep('getOpenApiPage', '/openapi.html')
  await mkdir(join(folder, 'watched'))
  const watch = await keep('addWatch', '/admin/watches', withJson('POST', { Path: join(folder, 'watched') }))
  await settled('/admin/watches', [{ State: 'watching' }])
  await keep('listWatches', '/admin/watches')
  await keep('removeWatch', `/admin/watches/${watch}`, { method: 'DELETE' })
  await keep('listAudit', '/admin/audit?Limit=1&UUID='.concat(catalogue))

  const request = withJson('POST', { Name: 'training server', Scope: 'write' })
  const token = await keepAnswer('addToken', '/admin/tokens', request)
  await keep('listTokens', '/admin/tokens')
  const Password = z.looseObject({ Secret: z.string() }).parse(token).Secret
  const signIn = withJson('POST', { Email: 'ada@example.org', Password })
  const { RefreshToken } = z
    .looseObject({ RefreshToken: z.string() })
    .parse(await keepAnswer('signIn', '/auth/authenticate/signin', signIn))
  const headers = { Authorization: `Bearer ${RefreshToken}` }
  const renewal = withJson('POST', { GrantType: 'RefreshToken' }, headers)
  await keep('refreshToken', '/auth/authenticate/refresh-token', renewal)
  await keep('revokeToken', `/admin/tokens/${Made.parse(token).UUID}`, { method: 'DELETE' })
  api.cabinet.sessions.open('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')
  const [session] = z.array(Made).parse(await keepAnswer('listSessions', '/admin/sessions'))
  await keep('endSession', `/admin/sessions/${session?.UUID}`, { method: 'DELETE' })
  const empty = Made.parse((await api.ask('/catalogues', withJson('POST', { Name: 'Empty' }))).body).UUID
  await keep('deleteCatalogue', `/catalogue/${empty}`, { method: 'DELETE' })
  await settled(`/jobs/${await keep('restoreBackup', '/admin/restore', backup)}`, { State: 'done' })

  const { operations } = document
  expect(Object.keys(examples).sort()).toEqual(
    operations
      .map(({ operationId }) => operationId)
      .filter((name) => name !== 'getOpenApi')
      .sort(),
  )
  expect(api.unexpected).toEqual([])
  await api.remove()
  await rm(folder, { recursive: true, force: true })
  await expect(`${JSON.stringify(examples, null, 2)}\n`).toMatchFileSnapshot('./examples.json')
})
