import { copyFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ada } from '../cabinet/testing/test-cabinet.ts'
import { importFile } from './import-file.ts'
import { openTestSend } from './testing/test-send.ts'

// Protects what a person drops on the window: every file has a result in words, and nothing is there twice.

const model = (name: string) =>
  fileURLToPath(new URL(`../../node_modules/@ricky0123/vad-web/dist/${name}`, import.meta.url))
const silero = model('silero_vad_v5.onnx')
const never = new AbortController().signal

let test: Awaited<ReturnType<typeof openTestSend>>
let folder: string
beforeAll(async () => {
  test = await openTestSend()
})
afterAll(() => test.remove())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-file-'))
})
afterEach(async () => {
  const { rows } = await test.cabinet.listing.list({ Limit: 10 }, {})
  for (const { UUID } of rows) test.cabinet.functions.remove(ada, UUID)
  await rm(folder, { recursive: true })
})

const bring = (path: string, catalogue?: string, signal = never) =>
  importFile(test.send, { path, ...(catalogue !== undefined && { catalogue }) }, signal, () => {})
const names = async () => (await test.cabinet.listing.list({ Limit: 10 }, {})).rows.map(({ Name }) => Name)

it('is called as it is told, where the file is not told from others by its own name', async () => {
  const path = join(folder, 'model.onnx')
  await copyFile(silero, path)
  const result = await importFile(test.send, { path, name: 'vad/model' }, never, () => {})
  expect(result).toMatchObject({ name: 'model.onnx', outcome: 'imported' })
  expect(await names()).toEqual(['vad/model'])
})

it('is there once where the same bytes come several times in one moment', async () => {
  const paths = ['a.onnx', 'b.onnx', 'c.onnx'].map((name) => join(folder, name))
  for (const path of paths) await copyFile(silero, path)
  const results = await Promise.all(paths.map((path) => bring(path)))
  expect(results.map(({ outcome }) => outcome)).toEqual(['imported', 'present', 'present'])
  expect(await names()).toEqual(['a'])
})

describe('a file that cannot be imported', () => {
  it('is refused for the reason that the cabinet gives', async () => {
    const path = join(folder, 'notes.onnx')
    await writeFile(path, 'not a model')
    const result = await bring(path)
    expect(result).toMatchObject({ path, name: 'notes.onnx', outcome: 'refused' })
    expect(result.message).toMatch(/^notes\.onnx is not an ONNX model/)
    expect(await names()).toEqual([])
  })

  it('is refused when it is missing, or a folder', async () => {
    expect(await bring(join(folder, 'gone.onnx'))).toMatchObject({
      outcome: 'refused',
      message: 'gone.onnx no longer exists.',
    })
    expect(await bring(folder)).toMatchObject({ outcome: 'refused', message: expect.stringContaining('is a folder') })
  })

  it('is refused when it is cut off', async () => {
    const path = join(folder, 'half.onnx')
    await copyFile(silero, path)
    await truncate(path, 1_000_000)
    expect(await bring(path)).toMatchObject({ outcome: 'refused' })
    expect(await names()).toEqual([])
  })

  it('leaves nothing behind when it is cancelled on the way', async () => {
    const stop = new AbortController()
    const result = await importFile(test.send, { path: silero }, stop.signal, () => stop.abort())
    expect(result).toMatchObject({ outcome: 'cancelled' })
    expect(await names()).toEqual([])
  })
})

describe('a file whose import is cancelled too late', () => {
  /** The cabinet's API where the answer of a change comes after the cancel, as over HTTP: who has let go hears nothing of it. */
  const overtaken = (stop: AbortController): typeof test.send => {
    return async (method, path, rest) => {
      const response = await test.send(method, path, rest)
      if (method !== 'GET') stop.abort()
      rest.signal.throwIfAborted()
      return response
    }
  }

  it('is told as imported, for it was kept', async () => {
    const stop = new AbortController()
    const result = await importFile(overtaken(stop), { path: silero }, stop.signal, () => {})
    expect(result).toMatchObject({ outcome: 'imported', uuid: expect.any(String) })
    expect(await names()).toEqual(['silero_vad_v5'])
  })

  it('is told as filed into its catalogue, for it was', async () => {
    const catalogue = test.cabinet.catalogues.create(ada, { Name: 'Late' }).UUID
    const { uuid = '' } = await bring(silero)
    const stop = new AbortController()
    const result = await importFile(overtaken(stop), { path: silero, catalogue }, stop.signal, () => {})
    expect(result).toMatchObject({ outcome: 'present', message: expect.stringContaining('added to the catalogue') })
    expect(test.cabinet.functions.get(uuid).body.Catalogues.map(({ Name }) => Name)).toEqual(['Late'])
  })
})

describe('a model', () => {
  it('becomes a function of its name, and tells of its bytes on the way', async () => {
    const heard: number[] = []
    const result = await importFile(test.send, { path: silero }, never, ({ done, total }) => heard.push(done / total))
    expect(result).toMatchObject({ outcome: 'imported', name: 'silero_vad_v5.onnx', uuid: expect.any(String) })
    expect(await names()).toEqual(['silero_vad_v5'])
    expect(heard.at(-1)).toBe(1)
    expect(heard).toEqual(heard.toSorted((a, b) => a - b))
  })

  it('keeps a name with quotes, spaces and letters of other languages', async () => {
    const path = join(folder, 'das "größte" 模型.onnx')
    await copyFile(silero, path)
    expect(await bring(path)).toMatchObject({ outcome: 'imported' })
    expect(await names()).toEqual(['das "größte" 模型'])
  })

  it('is not added again when its bytes are here, whatever its name', async () => {
    const first = await bring(silero)
    const path = join(folder, 'copy.onnx')
    await copyFile(silero, path)
    expect(await bring(path)).toMatchObject({
      outcome: 'present',
      uuid: first.uuid,
      message: 'Already here as silero_vad_v5.',
    })
    expect(await names()).toEqual(['silero_vad_v5'])
  })

  it('is another one when only its size is the same', async () => {
    await bring(silero)
    const path = join(folder, 'other.onnx')
    const bytes = await readFile(silero)
    // The producer's name, which no graph depends on.
    bytes.write('Spox', bytes.indexOf('spox'))
    await writeFile(path, bytes)
    expect(await bring(path)).toMatchObject({ outcome: 'imported' })
    expect(await names()).toHaveLength(2)
  })

  it('is filed into the catalogue it was dropped on, also when it was here already', async () => {
    const create = (Name: string) => test.cabinet.catalogues.create(ada, { Name }).UUID
    const [audio, speech] = [create('Audio'), create('Speech')]
    const { uuid = '' } = await bring(silero, audio)
    expect(await bring(silero, speech)).toMatchObject({ outcome: 'present', uuid })
    expect(await bring(silero, speech)).toMatchObject({ message: 'Already here as silero_vad_v5.' })
    const filed = test.cabinet.functions.get(uuid).body.Catalogues.map(({ Name }) => Name)
    expect(filed.toSorted()).toEqual(['Audio', 'Speech'])
  })
})
