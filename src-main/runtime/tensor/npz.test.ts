import { crc32, deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Tensor } from '../../../src-contract/util/tensor.ts'
import { numpyFile } from '../../../src-contract/util/testing/numpy-files.ts'
import { readNpz, writeNpz } from './npz.ts'
import { storeZip } from './store-zip.ts'
import { tensorToJson } from './tensor-to-json.ts'

const refused = (sentence: string) =>
  expect.objectContaining({ name: 'Problem', message: expect.stringContaining(sentence) })

/** A zip of one deflated file whose directory tells the sizes that it is told to tell. */
function deflated(name: string, content: Uint8Array, declared: number): Buffer {
  const packed = deflateRawSync(content)
  const zip = Buffer.from(storeZip([{ name, content: packed }]))
  const central = zip.length - 22 - 46 - name.length
  for (const start of [4, central + 6]) {
    zip.writeUInt16LE(8, start + 4)
    zip.writeUInt32LE(crc32(content), start + 10)
    zip.writeUInt32LE(declared, start + 18)
  }
  return zip
}

describe('what numpy wrote', () => {
  it('is read by name, whatever the name', async () => {
    const tensors = await readNpz(numpyFile('npz', 'savez'))
    expect([...tensors].map(([name, tensor]) => [name, tensorToJson(tensor)])).toEqual([
      ['x', [1, 2]],
      ['a/b:0', [true]],
    ])
  })

  it('is read compressed', async () => {
    const tensors = await readNpz(numpyFile('npz', 'savez_compressed'))
    expect(tensors.get('x')).toMatchObject({ type: 'int64', shape: [1000] })
  })
})

describe('what is refused', () => {
  it.each<[string, Uint8Array]>([
    ['is not a zip archive', new Uint8Array()],
    ['is not a zip archive', Buffer.from('hello')],
    ['is not a zip archive', numpyFile('npz', 'savez').subarray(0, 300)],
    ['which is not an array', storeZip([{ name: 'notes.txt', content: new Uint8Array() }])],
    ['more than once', storeZip(['x.npy', 'x.npy'].map((name) => ({ name, content: numpyFile('npy', 'bool') })))],
    ['not a numpy array file', storeZip([{ name: 'x.npy', content: Buffer.from('nothing of the kind') }])],
    [
      'more than the limit of 10,000',
      storeZip(Array.from({ length: 10_001 }, (_, at) => ({ name: `${at}.npy`, content: numpyFile('npy', 'bool') }))),
    ],
  ])('%s', async (sentence, bytes) => {
    await expect(readNpz(bytes)).rejects.toEqual(refused(sentence))
  })

  it('is a file that unpacks to more than it says', async () => {
    const zip = deflated('x.npy', Buffer.alloc(64 * 1024 * 1024), 100)
    await expect(readNpz(zip)).rejects.toEqual(refused('damaged'))
  })

  it('is any file with a flipped byte, or cut off, without a crash', async () => {
    const whole = numpyFile('npz', 'savez')
    for (let at = 0; at < whole.length; at++) {
      const broken = Buffer.from(whole)
      broken.writeUInt8(broken.readUInt8(at) ^ 0x55, at)
      for (const bytes of [broken, whole.subarray(0, at)]) {
        const outcome = await readNpz(bytes).catch((error: unknown) => error)
        if (!(outcome instanceof Map)) expect(outcome).toMatchObject({ name: 'Problem' })
      }
    }
  })
})

describe('what we write', () => {
  it('reads back, names that begin with a slash included', async () => {
    const tensors = new Map<string, Tensor>([
      ['/model/out', { type: 'uint8', shape: [2], data: Uint8Array.of(1, 2) }],
      ['текст', { type: 'string', shape: [], data: ['a'] }],
    ])
    expect(await readNpz(writeNpz(tensors))).toEqual(tensors)
  })

  it('is nothing at all, if need be', async () => {
    expect(await readNpz(writeNpz(new Map()))).toEqual(new Map())
  })
})
