import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { HeaderData } from 'tar/header'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { tarOf } from '../testing/tar-of.ts'
import { zipOf } from '../testing/zip-of.ts'
import { openArchive } from './open-archive.ts'
import { openZip } from './zip.ts'

// Protects the cabinet from archives: whatever is in one, it is unpacked or refused, and the process lives.

let folder: string
let staging: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'open-archive-'))
  staging = join(folder, 'incoming')
  await mkdir(staging)
})
afterEach(() => rm(folder, { recursive: true }))

/** Every file in an archive by its path, as text. */
async function unpack(bytes: Uint8Array, mostBytes = 1e6): Promise<Record<string, string>> {
  const path = join(folder, 'given')
  await writeFile(path, bytes)
  const archive = await openArchive(path, { name: 'The archive', mostFiles: 10_000, mostBytes, directory: staging })
  try {
    const files: Record<string, string> = {}
    for (const file of archive.files.values()) {
      const content = Buffer.concat(await Array.fromAsync(file.bytes()))
      expect(content).toHaveLength(file.size)
      files[file.path] = content.toString('latin1')
    }
    return files
  } finally {
    archive.close()
  }
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

/** Its first header declares a size in base 256, as GNU tar writes large ones. */
function withSize(tar: Buffer, size: number): Buffer {
  tar.writeUInt8(0x80, 124)
  tar.writeBigUInt64BE(BigInt(size), 128)
  tar.fill(' ', 148, 156)
  const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0)
  tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return tar
}
const tarWith = (about: HeaderData) => tarOf({ x: Buffer.from('model') }, about)

it('unpacks files under the paths that they have, without what macOS and Windows add', async () => {
  const added = ['__MACOSX/a/._m.onnx', 'a/._m.onnx', 'a/.DS_Store', 'Thumbs.db', 'a/desktop.ini']
  const names = ['a/m.onnx', './b.bin', 'c\\d.bin', ...added]
  const zip = await zipOf(Object.fromEntries(names.map((name) => [name.replace('\\', '|'), Buffer.from(name)])))
  const fromWindows = Buffer.from(zip.toString('latin1').replaceAll('|', '\\'), 'latin1')
  const tar = tarOf(Object.fromEntries(names.map((name) => [name, Buffer.from(name)])))
  for (const archive of [fromWindows, tar, gzipSync(tar)]) {
    expect(await unpack(archive)).toEqual({ 'a/m.onnx': 'a/m.onnx', 'b.bin': './b.bin', 'c/d.bin': 'c\\d.bin' })
    expect(await readdir(staging)).toEqual([])
  }
})

it('unpacks tars with long names, as GNU and POSIX write them, and of several gzip parts', async () => {
  const path = `${'long/'.repeat(60)}model.onnx`
  const posix = tarOf({ [path]: Buffer.from('model') })
  const gnuName = tarOf({ ignored: Buffer.from(`${path}\0`) }, { type: 'NextFileHasLongPath' }).subarray(0, -1024)
  const gnu = Buffer.concat([gnuName, tarOf({ short: Buffer.from('model') })])
  for (const archive of [posix, gnu]) {
    const parts = [archive.subarray(0, 700), archive.subarray(700)].map((part) => gzipSync(part))
    expect(await unpack(archive)).toEqual({ [path]: 'model' })
    expect(await unpack(Buffer.concat(parts))).toEqual({ [path]: 'model' })
  }
})

it.each<[string, (tar: Buffer) => Buffer]>([
  [
    'contains a symbolic link, “x”, and links are not followed.',
    () => tarWith({ type: 'SymbolicLink', linkpath: 'y' }),
  ],
  ['contains a hard link, “x”, and links are not followed.', () => tarWith({ type: 'Link', linkpath: 'y' })],
  ['contains “x”, which is not a regular file (CharacterDevice).', () => tarWith({ type: 'CharacterDevice' })],
  ['contains “x” more than once.', (tar) => Buffer.concat([tar.subarray(0, -1024), tar])],
  ['contains an absolute path, “/etc/x”.', () => tarWith({ path: '/etc/x' })],
  ['contains an absolute path, “C:\\x”.', () => tarWith({ path: 'C:\\x' })],
  ['contains a path that leads outside, “a/../../x”.', () => tarWith({ path: 'a/../../x' })],
  ['declares more data than it contains.', () => tarWith({ size: 8e9 })],
  [
    'is damaged: a tar header has an impossible number.',
    (tar) => Buffer.concat([tar.subarray(0, -1024), withSize(tarWith({ path: 'y' }), 2 ** 60)]),
  ],
  [
    'is damaged: a tar header has a wrong checksum.',
    (tar) => Buffer.concat([tar.subarray(0, 1024), Buffer.alloc(512, 7)]),
  ],
  ['is damaged: it ends in the middle of a tar header.', (tar) => tar.subarray(0, 1100)],
  ['expands to more than the limit of 3 bytes.', (tar) => tar],
])('refuses a tar that %s (CVE-2026-34446)', async (sentence, change) => {
  const tar = change(tarWith({}))
  const limit = sentence.includes('limit') ? 3 : undefined
  expect(await refusal(tar, limit)).toBe(`The archive ${sentence}`)
  if (limit === undefined) expect(await refusal(gzipSync(tar))).toBe(`The archive ${sentence}`)
})

it('refuses a gzip file that expands to too much, is damaged or cut off, or is not of a tar', async () => {
  expect(await refusal(gzipSync(Buffer.alloc(70_000_000)), 2 ** 31)).toMatch(/which looks like a zip bomb\.$/)
  expect(await refusal(gzipSync(Buffer.alloc(2000)), 1000)).toContain('more than the limit of 1,000 bytes')
  const whole = gzipSync(tarWith({}))
  expect(await refusal(whole.subarray(0, -20))).toMatch(/is damaged or is not a gzip file \(/)
  expect(await refusal(Buffer.from(whole).fill(0x55, 20, 30))).toMatch(/is damaged or is not a gzip file \(/)
  expect(await refusal(gzipSync(Buffer.alloc(600, 'text')))).toContain('a tar header has a wrong checksum')
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
  expect(Object.keys(await unpack(archive, 1200))).toEqual(['a', 'b'])
})

it('gives a reader the bytes before the damage, then the error, and disturbs none that stopped earlier', async () => {
  const values = Uint8Array.from({ length: 400_000 }, (_, index) => Math.imul(index ^ (index >>> 7), 2654435761) >>> 27)
  const archive = await zipOf({ 'a.bin': values })
  archive.fill(0xff, archive.length - 3000, archive.length - 200)
  const { files, close } = await openZip(archive, { name: 'The archive', mostFiles: 1 })
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
