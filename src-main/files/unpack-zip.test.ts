import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openArchive } from './archive.ts'
import { zipOf } from './testing/zip-of.ts'
import { unpackZip } from './unpack-zip.ts'

// Protects the cabinet from archives: whatever is in one, it is unpacked or refused, and the process lives.

let folder: string
let staging: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unpack-zip-'))
  staging = join(folder, 'incoming')
  await mkdir(staging)
})
afterEach(() => rm(folder, { recursive: true }))

async function unpack(bytes: Uint8Array, limit = 1e6) {
  const path = join(folder, 'given.zip')
  await writeFile(path, bytes)
  return unpackZip(path, { directory: staging, limit })
}

async function refusal(bytes: Uint8Array, limit?: number): Promise<unknown> {
  const error = await unpack(bytes, limit).catch((error: unknown) => error)
  expect(error).toMatchObject({ name: 'Problem', code: expect.stringMatching(/^(invalid|too-large)$/) })
  expect(await readdir(staging)).toEqual([])
  return error instanceof Error ? error.message : undefined
}

/** Changes the first entry of the archive's directory. */
function withEntry(bytes: Buffer, change: (bytes: Buffer, entry: number) => void): Buffer {
  change(bytes, bytes.indexOf('PK\x01\x02', 'latin1'))
  return bytes
}

it('unpacks files under the paths that they have, without what macOS and Windows add', async () => {
  const added = ['__MACOSX/a/._m.onnx', 'a/._m.onnx', 'a/.DS_Store', 'Thumbs.db']
  const names = ['a/m.onnx', './b.bin', 'c\\d.bin', ...added]
  const archive = await zipOf(Object.fromEntries(names.map((name) => [name.replace('\\', '|'), Buffer.from(name)])))
  const unpacked = await unpack(Buffer.from(archive.toString('latin1').replaceAll('|', '\\'), 'latin1'))
  expect(unpacked.map(({ archivePath, size }) => [archivePath, size])).toEqual([
    ['a/m.onnx', 8],
    ['b.bin', 7],
    ['c/d.bin', 7],
  ])
})

it('refuses a damaged archive and leaves nothing behind', async () => {
  for (const at of [10, 30, 70, 170, 370]) {
    const values = Uint8Array.from({ length: 50_000 }, (_, index) => (index * index) % 251)
    const archive = await zipOf({ 'whole.bin': values, 'a.onnx': values })
    const second = archive.indexOf('a.onnx')
    expect(await refusal(archive.fill(0xff, second + at, second + at + 20))).toMatch(
      /^The archive is damaged or is not a zip archive \(/,
    )
  }
})

// Protects the disk and who waits: a megabyte could else make the cabinet write gigabytes.
it('refuses what would unpack to much more than it is, in one file or in many', async () => {
  for (const sizes of [[70_000_000], [30_000_000, 30_000_000, 30_000_000]]) {
    const bomb = await zipOf(Object.fromEntries(sizes.map((size, index) => [`${index}.onnx`, Buffer.alloc(size)])))
    expect(await refusal(bomb, 2 ** 31)).toMatch(
      /^The archive expands from [\d.]+ kB to [\d.]+ MB, which looks like a zip bomb\.$/,
    )
  }
})

it.each<[string, Parameters<typeof withEntry>[1]]>([
  ['contains an encrypted file, “   x”.', (bytes, entry) => bytes.writeUInt16LE(1, entry + 8)],
  [
    'contains a symbolic link, “   x”, and links are not followed.',
    (bytes, entry) => bytes.writeUInt32LE(0o120777 * 2 ** 16, entry + 38),
  ],
  [
    'contains “   x” in an unsupported form (compression method 93).',
    (bytes, entry) => bytes.writeUInt16LE(93, entry + 10),
  ],
  ['contains “   y” more than once.', (bytes, entry) => bytes.write('y', entry + 49)],
  [
    'is damaged or is not a zip archive (the checksum of    x is wrong).',
    (bytes, entry) => bytes.fill(7, entry + 16, entry + 20),
  ],
  [
    'is damaged or is not a zip archive (invalid relative path: ../x).',
    (bytes, entry) => bytes.write('../x', entry + 46),
  ],
  ['is damaged or is not a zip archive (absolute path: C:/x).', (bytes, entry) => bytes.write('C:\\x', entry + 46)],
  [
    'contains a file without a name.',
    (bytes, entry) => bytes.fill(Buffer.of(0, 0, 0, 0, 4, 0), entry + 28, entry + 34),
  ],
  // Files that share their bytes would pass as poorly compressed, each for itself.
  ['declares more data than it contains.', (bytes, entry) => bytes.writeUInt32LE(1000, entry + 20)],
  ['contains 10,001 files, more than the limit of 10,000.', (bytes) => bytes.writeUInt16LE(10_001, bytes.length - 12)],
])('refuses an archive that %s', async (sentence, change) => {
  const archive = await zipOf({ '   x': Buffer.from('model'), '   y': Buffer.from('data') })
  expect(await refusal(withEntry(archive, change))).toBe(`The archive ${sentence}`)
})

it('refuses an archive that would unpack to more than the limit, before it unpacks any', async () => {
  const archive = await zipOf({ a: Buffer.alloc(600), b: Buffer.alloc(600) })
  expect(await refusal(archive, 1000)).toBe('The archive expands to more than the limit of 1,000 bytes.')
  expect(await unpack(archive, 1200)).toHaveLength(2)
})

it('gives a reader the bytes before the damage, then the error, and disturbs none that stopped earlier', async () => {
  const values = Uint8Array.from({ length: 400_000 }, (_, index) => Math.imul(index ^ (index >>> 7), 2654435761) >>> 27)
  const archive = await zipOf({ 'a.bin': values })
  archive.fill(0xff, archive.length - 3000, archive.length - 200)
  const { files, close } = await openArchive(archive, { name: 'The archive', mostFiles: 1 })
  const read = async (most: number) => {
    let size = 0
    for await (const chunk of files.get('a.bin')?.bytes() ?? []) {
      size += chunk.length
      if (size > most) break
    }
    return size
  }
  expect(await read(0)).toBeLessThan(values.length)
  await expect(read(values.length)).rejects.toMatchObject({ code: 'invalid' })
  close()
})
