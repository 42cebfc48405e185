import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openPromise } from 'yauzl'
import { ZipFile } from 'yazl'
import { readZipEntry } from './read-zip-entry.ts'
import { unpackZip } from './unpack-zip.ts'

// Protects the cabinet from archives: whatever is in one, it is unpacked or refused, and the process lives.

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unpack-zip-'))
  await mkdir(join(folder, 'incoming'))
})
afterEach(() => rm(folder, { recursive: true }))

/** A zip with one packed entry, whose packed bytes are damaged from here to there. */
async function damagedZip(from: number, to: number): Promise<string> {
  const zip = new ZipFile()
  zip.addBuffer(Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * index) % 251)), 'a.onnx')
  zip.end()
  const parts: Buffer[] = []
  for await (const part of zip.outputStream) parts.push(Buffer.from(part))
  const path = join(folder, 'damaged.zip')
  await writeFile(path, Buffer.concat(parts).fill(0xff, from, to))
  return path
}

it('refuses a damaged archive and leaves nothing behind', async () => {
  const staging = join(folder, 'incoming')
  for (const at of [40, 60, 100, 200, 400]) {
    const path = await damagedZip(at, at + 20)
    await expect(unpackZip(path, { directory: staging, limit: 1e6 })).rejects.toMatchObject({ code: 'invalid' })
    expect(await readdir(staging)).toEqual([])
  }
})

// Protects the disk and who waits: a megabyte could else make the cabinet write gigabytes.
it('refuses what would unpack to much more than it is, in one file or in many, and leaves nothing behind', async () => {
  for (const sizes of [[70_000_000], [30_000_000, 30_000_000, 30_000_000]]) {
    const zip = new ZipFile()
    for (const [index, size] of sizes.entries()) zip.addBuffer(Buffer.alloc(size), `${index}.onnx`)
    zip.end()
    const path = join(folder, 'bomb.zip')
    await writeFile(path, Buffer.concat(await Array.fromAsync(zip.outputStream, (part) => Buffer.from(part))))
    const staging = join(folder, 'incoming')
    await expect(unpackZip(path, { directory: staging, limit: 2 ** 31 })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(
        /^The archive expands from [\d.]+ kB to [\d.]+ MB, which looks like a zip bomb\.$/,
      ),
    })
    expect(await readdir(staging)).toEqual([])
  }
})

it('says what is wrong in a whole sentence, whatever an entry is called', async () => {
  const refusal = async (name: string, flags: number) => {
    const zip = new ZipFile()
    zip.addBuffer(Buffer.from('model'), 'name')
    zip.end()
    const bytes = Buffer.concat(await Array.fromAsync(zip.outputStream, (part) => Buffer.from(part)))
    const entry = bytes.indexOf('PK\x01\x02', 'latin1')
    bytes.writeUInt16LE(flags, entry + 8)
    bytes.write(name, entry + 46, 'latin1')
    const path = join(folder, 'named.zip')
    await writeFile(path, name === '' ? withoutName(bytes, entry) : bytes)
    return await unpackZip(path, { directory: join(folder, 'incoming'), limit: 1e6 }).catch(
      (error: Error) => error.message,
    )
  }
  const encrypted = 1
  expect(await refusal('   x', encrypted)).toBe('The file “   x” in the archive is encrypted.')
  expect(await refusal('', encrypted)).toBe('The archive contains a file without a name.')
})

/** The same archive without the four bytes of an entry's name in the directory. */
function withoutName(bytes: Buffer, entry: number): Buffer {
  bytes.writeUInt16LE(0, entry + 28)
  const shorter = Buffer.concat([bytes.subarray(0, entry + 46), bytes.subarray(entry + 50)])
  const end = shorter.length - 22
  shorter.writeUInt32LE(shorter.readUInt32LE(end + 12) - 4, end + 12)
  return shorter
}

it('keeps the error of an entry for a reader who comes late', async () => {
  const archive = await openPromise(await damagedZip(40, 60), { lazyEntries: true, autoClose: false })
  for await (const entry of archive.eachEntry()) {
    const stream = await readZipEntry(archive, entry)
    // Nobody reads yet; without a listener this error would end the process.
    stream.resume()
    await expect.poll(() => stream.destroyed).toBe(true)
    await expect(Array.fromAsync(stream)).rejects.toThrow()
  }
  archive.close()
})
