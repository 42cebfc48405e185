import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { receiveFile } from '../../files/receive-file.ts'
import { UploadReceiver } from './upload.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'upload-receiver-'))
})
afterEach(() => rm(folder, { recursive: true }))

const file = Buffer.alloc(200_000, 'abcdefg')
const body = Buffer.concat([
  Buffer.from('--cut\r\nContent-Disposition: form-data; name="file"; filename="a.onnx"\r\n\r\n'),
  file,
  Buffer.from('\r\n--cut--\r\n'),
])

const inPieces = (size: number) =>
  Readable.from(
    Array.from({ length: Math.ceil(body.length / size) }, (_, index) =>
      body.subarray(index * size, (index + 1) * size),
    ),
    { objectMode: true },
  )

describe('receiving an upload', () => {
  // How large the pieces are depends on how busy the machine is: in large ones the same upload once hung until its time was up.
  it.each([1_000, 65_536, 100_000, 1_000_000])('comes to its end in pieces of %d bytes', async (size) => {
    const receiver = new UploadReceiver({
      store: { receive: (stream, options) => receiveFile(folder, stream, options) },
      limit: 1_000_000,
      signal: new AbortController().signal,
      parse: (value) => value,
    })
    const { files } = await receiver.receive(inPieces(size), 'cut')
    expect(file.equals(await readFile(files.bundle?.path ?? ''))).toBe(true)
  })
})
