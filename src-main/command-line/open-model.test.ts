import { linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { zipOf } from '../files/testing/zip-of.ts'
import { UnreadableModel } from '../onnx/decode/unreadable-model.ts'
import { addModel } from '../onnx/testing/feature-models.ts'
import { buildModel, type ModelSpec } from '../onnx/testing/model-builder.ts'
import { inspectFile } from './testing/inspect-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'open-model-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A model with one tensor of 40 bytes in an external file. */
function externalModel(location: string, offset = 0, length = 40): Uint8Array {
  const external = { location, offset: String(offset), length: String(length) }
  const initializers = [{ name: 'w', type: 'float' as const, shape: [10], external }]
  return buildModel({ ...addModel, graph: { ...addModel.graph, initializers } } satisfies ModelSpec)
}

async function externalState(location: string, offset = 0, length = 40): Promise<string> {
  const path = join(folder, 'model', 'model.onnx')
  mkdirSync(join(folder, 'model'), { recursive: true })
  writeFileSync(path, externalModel(location, offset, length))
  const [file] = (await inspectFile(path)).External
  return `${file?.State}: ${file?.Message}`
}

async function writeZip(...given: Parameters<typeof zipOf>): Promise<string> {
  const path = join(folder, 'models.zip')
  writeFileSync(path, await zipOf(...given))
  return path
}

async function refusalOf(path: string): Promise<string> {
  try {
    await inspectFile(path)
  } catch (error) {
    if (error instanceof UnreadableModel || error instanceof Problem) return `${error.code}: ${error.message}`
    throw error
  }
  return 'read'
}

describe('external files beside a model', () => {
  const inFolder = (name: string) => join(folder, 'model', name)

  it('are present where they are long enough', async () => {
    mkdirSync(inFolder('deep'), { recursive: true })
    writeFileSync(inFolder('deep/w.bin'), new Uint8Array(40))
    expect(await externalState('deep/w.bin')).toBe('present: ')
    expect(await externalState('./deep/w.bin')).toBe('present: ')
  })

  it('are missing where they are not there', async () => {
    expect(await externalState('w.bin')).toBe('missing: w.bin is not next to the model.')
  })

  it('are refused where they are too short, or the range is none', async () => {
    mkdirSync(inFolder(''), { recursive: true })
    writeFileSync(inFolder('w.bin'), new Uint8Array(41))
    expect(await externalState('w.bin', 2)).toBe('refused: w.bin has 41 bytes, and the model needs 42.')
    expect(await externalState('w.bin', -4)).toBe('refused: The tensor “w” lies at no valid place in w.bin.')
    expect(await externalState('w.bin', 2 ** 53)).toBe('refused: The tensor “w” lies at no valid place in w.bin.')
  })

  it.each([
    ['../secret', 'refused: ../secret is outside the model'],
    ['a/../../secret', 'is outside'],
    ['a\\..\\..\\secret', 'is outside'],
    ['/etc/passwd', 'is an absolute path'],
    ['C:\\secret', 'is an absolute path'],
    ['\\\\server\\share', 'is an absolute path'],
    ['', 'without a path'],
    ['a\0b', 'NUL byte'],
    ['.', 'is not a file'],
  ])('are refused at %j (CVE-2022-25882, CVE-2024-27318)', async (location, sentence) => {
    writeFileSync(join(folder, 'secret'), new Uint8Array(100))
    expect(await externalState(location)).toContain(sentence)
  })

  it('are followed through links that stay in the folder, and hard links', async () => {
    mkdirSync(inFolder('deep'), { recursive: true })
    writeFileSync(inFolder('deep/x'), new Uint8Array(40))
    symlinkSync('deep/x', inFolder('soft.bin'))
    symlinkSync('deep', inFolder('way'))
    linkSync(inFolder('deep/x'), inFolder('hard.bin'))
    for (const location of ['soft.bin', 'way/x', 'hard.bin']) expect(await externalState(location)).toBe('present: ')
  })

  it('are refused where a link leads out of the folder, and missing where it leads nowhere (CVE-2026-27489, CVE-2026-34447)', async () => {
    mkdirSync(inFolder(''), { recursive: true })
    mkdirSync(join(folder, 'elsewhere'))
    writeFileSync(join(folder, 'elsewhere', 'w.bin'), new Uint8Array(100))
    symlinkSync(join(folder, 'elsewhere', 'w.bin'), inFolder('soft.bin'))
    symlinkSync(join(folder, 'elsewhere'), inFolder('way'))
    symlinkSync('circle.bin', inFolder('circle.bin'))
    const outside = "is a link to a file outside the model's folder."
    expect(await externalState('soft.bin')).toBe(`refused: soft.bin ${outside}`)
    expect(await externalState('way/w.bin')).toBe(`refused: way/w.bin ${outside}`)
    expect(await externalState('circle.bin')).toContain('missing')
  })
})

describe('a zip', () => {
  it.each([true, false])('is read with its external data, compressed: %s', async (compress) => {
    const path = await writeZip(
      { 'm/model.onnx': externalModel('w.bin'), 'm/w.bin': new Uint8Array(40), 'README.md': new Uint8Array(3) },
      { compress },
    )
    const report = await inspectFile(path)
    expect(report.Graph.Name).toBe('add')
    expect(report.External).toMatchObject([{ Location: 'w.bin', State: 'present' }])
  })

  it('says of external data that is missing, too short or outside', async () => {
    const state = async (location: string) => {
      const path = await writeZip({
        'm/model.onnx': externalModel(location),
        'w.bin': new Uint8Array(40),
        'm/short.bin': new Uint8Array(4),
      })
      return (await inspectFile(path)).External[0]?.State
    }
    expect(await state('w.bin')).toBe('missing')
    expect(await state('../w.bin')).toBe('refused')
    expect(await state('short.bin')).toBe('refused')
    expect(await state('model.onnx')).toBe('missing')
  })

  it('is refused with no model', async () => {
    const model = buildModel(addModel)
    expect(await refusalOf(await writeZip({ 'a.txt': model }))).toBe(
      'no-model-in-archive: models.zip is not an ONNX model: it is a zip archive without an .onnx file.',
    )
    expect(await refusalOf(await writeZip({ 'archive/data.pkl': model }))).toContain('PyTorch')
  })

  it('is refused by the model in it, named with the zip', async () => {
    expect(await refusalOf(await writeZip({ 'x/a.onnx': Buffer.from('hello there') }))).toBe(
      'not-onnx: a.onnx in models.zip is not an ONNX model: it is a text file.',
    )
  })

  it('is refused where it would unpack to much more than it is', async () => {
    const path = await writeZip({ 'a.onnx': new Uint8Array(70 * 1024 * 1024) })
    expect(await refusalOf(path)).toMatch(
      /^invalid: models\.zip expands from [\d.]+ kB to 73\.4 MB, which looks like a zip bomb/,
    )
  })

  it('is refused where an entry is longer than it declares', async () => {
    const path = await writeZip({ 'a.onnx': new Uint8Array(100_000) })
    const bytes = readFileSync(path)
    const declared = Buffer.from([0xa0, 0x86, 0x01, 0])
    for (let at = bytes.indexOf(declared); at >= 0; at = bytes.indexOf(declared, at + 1)) bytes.writeUInt32LE(50, at)
    writeFileSync(path, bytes)
    expect(await refusalOf(path)).toMatch(/^invalid: models\.zip is damaged or is not a zip archive \(/)
  })

  it('is refused where a model that is stored as it is reaches past the end', async () => {
    const path = await writeZip({ 'a.onnx': buildModel(addModel) }, { compress: false })
    const bytes = readFileSync(path)
    const entry = bytes.indexOf('PK\x01\x02', 'latin1')
    for (const at of [20, 24]) bytes.writeUInt32LE(1e6, entry + at)
    writeFileSync(path, bytes)
    expect(await refusalOf(path)).toContain('declares more data than it contains')
  })

  it('is refused with paths that lead out of it, and with links', async () => {
    const path = await writeZip({ 'aa/a.onnx': buildModel(addModel) })
    const bytes = readFileSync(path)
    for (let at = bytes.indexOf('aa/a'); at >= 0; at = bytes.indexOf('aa/a', at + 1)) bytes.write('../a', at)
    writeFileSync(path, bytes)
    expect(await refusalOf(path)).toContain('invalid relative path')
    const link = await writeZip({ 'a.onnx': Buffer.from('/etc/passwd') }, { mode: 0o120777 })
    expect(await refusalOf(link)).toContain('symbolic link')
  })

  it('is refused wherever it is cut off', async () => {
    const path = await writeZip({ 'a.onnx': buildModel(addModel) })
    const bytes = readFileSync(path)
    for (let length = 4; length < bytes.length; length += 7) {
      writeFileSync(path, bytes.subarray(0, length))
      expect(await refusalOf(path)).toMatch(/^invalid: models\.zip is damaged or is not a zip archive/)
    }
  })
})

describe('a path that is no file', () => {
  it('is refused in words', async () => {
    expect(await refusalOf(folder)).toMatch(/^not-a-file: open-model-\w+ is not a file\.$/)
    expect(await refusalOf(join(folder, 'none.onnx'))).toBe('missing: none.onnx does not exist.')
  })
})
