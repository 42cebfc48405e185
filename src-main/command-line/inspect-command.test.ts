import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Inspection } from '../../src-contract/contract/models/inspection.ts'
import { zipOf } from '../files/testing/zip-of.ts'
import { addModel, convolutionModel } from '../onnx/testing/feature-models.ts'
import { buildModel } from '../onnx/testing/model-builder.ts'

const Line = z.object({ Path: z.string(), Report: Inspection.optional(), Error: z.string().optional() })

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inspect-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

async function inspect(...args: string[]) {
  const child = spawn(process.execPath, ['src-main/entries/inspect.ts', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // As `npm run inspect` in that folder does.
    env: { ...process.env, npm_lifecycle_event: 'inspect', INIT_CWD: folder },
  })
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.on('exit', resolve)),
  ])
  const lines = () =>
    stdout
      .trim()
      .split('\n')
      .map((line) => Line.parse(JSON.parse(line)))
  return { stdout, stderr, code, lines }
}

function write(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

describe('inspect', () => {
  it('walks folders for models, past rings of links, and ends with 0 when each was read', async () => {
    mkdirSync(join(folder, 'deep'))
    write('b.onnx', buildModel(addModel))
    write('deep/A.ONNX', buildModel(convolutionModel))
    write('deep/notes.txt', 'no model')
    symlinkSync(folder, join(folder, 'deep', 'ring'))
    const { code, lines } = await inspect('--json', folder)
    expect(lines().map(({ Path }) => basename(Path))).toEqual(['b.onnx', 'A.ONNX'])
    expect(code).toBe(0)
  })

  it('reads what a relative path means where npm was called', async () => {
    write('here.onnx', buildModel(addModel))
    const { code, lines } = await inspect('--json', 'here.onnx')
    expect(lines().map(({ Path }) => Path)).toEqual(['here.onnx'])
    expect(code).toBe(0)
  })

  it('says which file was not read and why, goes on, and ends with 1', async () => {
    const bad = write('cat.onnx', 'meow')
    const good = write('good.onnx', buildModel(addModel))
    const { code, lines } = await inspect('--json', bad, join(folder, 'none.onnx'), good)
    expect(lines().map(({ Error: sentence }) => sentence)).toEqual([
      'cat.onnx is not an ONNX model: it is a text file.',
      'none.onnx does not exist.',
      undefined,
    ])
    expect(code).toBe(1)
    const forPeople = await inspect(bad, good)
    expect(forPeople.stderr).toContain(`${bad}: cat.onnx is not an ONNX model`)
    expect(forPeople.stderr).toContain('1 read, 1 not read')
    expect(forPeople.stderr).not.toContain('    at ')
  })

  it('reads zips in folders, and passes over those that hold no model unless one is named', async () => {
    write('model.zip', await zipOf({ 'm.onnx': buildModel(addModel) }))
    const photos = write('photos.zip', await zipOf({ 'cat.png': new Uint8Array(9) }))
    const { code, lines } = await inspect('--json', folder)
    expect(lines().map(({ Path, Report }) => [basename(Path), Report?.Graph.Name])).toEqual([['model.zip', 'add']])
    expect(code).toBe(0)
    expect((await inspect('--json', photos)).code).toBe(1)
  })

  it('tries a named file whatever it is called', async () => {
    expect((await inspect(write('model.bin', buildModel(addModel)))).code).toBe(0)
  })

  it('prints the signature, the facts and the recognised options for people', async () => {
    const { stdout } = await inspect(write('pets.onnx', buildModel(convolutionModel)))
    expect(stdout).toContain('image  f32 N×3×16×16  →  scores-0:Cat;1:Dog  f32 N×2')
    expect(stdout).toContain('Image input')
    expect(stdout).toContain('6.9 k multiply-accumulates for N = 1')
  })

  it('says with --run whether each model runs here, out of a zip too', async () => {
    const w = Buffer.alloc(16)
    const outside = {
      graph: {
        nodes: [{ operator: 'Add', inputs: ['x', 'w'], outputs: ['y'] }],
        initializers: [
          { name: 'w', type: 'float' as const, shape: [4], external: { location: 'w.bin', offset: '0', length: '16' } },
        ],
        inputs: [{ name: 'x', type: { tensor: 'float' as const, shape: [4] } }],
        outputs: [{ name: 'y', type: { tensor: 'float' as const, shape: [4] } }],
      },
    }
    write('a.onnx', buildModel(outside))
    write('w.bin', w)
    write('b.onnx', buildModel({ graph: { nodes: [{ operator: 'Frobnicate', outputs: ['y'] }] } }))
    write('c.zip', await zipOf({ 'in/m.onnx': buildModel(outside), 'in/w.bin': w }, { compress: false }))
    const { code, lines } = await inspect('--json', '--run', folder)
    expect(lines().map(({ Report }) => [Report?.Runtime.State, Report?.Runtime.Reason])).toEqual([
      ['ok', null],
      ['failed', 'operator'],
      ['ok', null],
    ])
    expect(code).toBe(0)
    expect((await inspect('--run', join(folder, 'b.onnx'))).stdout).toContain(
      'no: ONNX Runtime has no operator Frobnicate',
    )
  })

  it('adds digests of the file and of every tensor with --hash', async () => {
    const { lines } = await inspect('--json', '--hash', write('pets.onnx', buildModel(convolutionModel)))
    const [line] = lines()
    expect(line?.Report?.FileSha256).toMatch(/^[0-9a-f]{64}$/)
    expect(line?.Report?.Initializers.every(({ Sha256 }) => Sha256 !== null)).toBe(true)
  })

  it('does not let names in a model steer the terminal', async () => {
    const graph = {
      ...addModel.graph,
      name: 'x',
      inputs: [{ name: '\x1b]0;title\x07x\u202e', type: { tensor: 'float' as const } }],
    }
    const { stdout } = await inspect(write('evil.onnx', buildModel({ graph })))
    expect(stdout).toContain('\u{fffd}]0;title\u{fffd}x\u{fffd}')
  })

  it('ends quietly when nobody reads on', async () => {
    for (let index = 0; index < 300; index++) write(`${index}.onnx`, buildModel(addModel))
    const child = spawn(process.execPath, ['src-main/entries/inspect.ts', '--json', folder], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.once('data', () => child.stdout.destroy())
    const [stderr, code] = await Promise.all([text(child.stderr), new Promise((resolve) => child.on('exit', resolve))])
    expect(stderr).toBe('')
    expect(code).toBe(0)
  })

  it('says what is wrong with its arguments', async () => {
    const nothing = await inspect()
    expect(nothing.stderr).toContain("missing required argument 'path'")
    expect(nothing.code).toBe(1)
    const empty = await inspect(folder)
    expect(empty.stderr).toBe(`There is no .onnx file in ${folder}.\n`)
    expect(empty.code).toBe(1)
  })
})
