import { type Entry, fromBuffer, type ZipFile } from 'yauzl'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { readNpy } from '../../../src-contract/util/npy.ts'
import { TENSOR_LIMIT, type Tensor } from '../../../src-contract/util/tensor.ts'
import { storeZip } from './store-zip.ts'
import { writeNpy } from './write-npy.ts'

const MOST_ARRAYS = 10_000

/**
 * Reads the arrays of an `.npz` file by name. Nothing is unpacked beyond 1 GiB in all, whatever the file declares.
 * @throws Problem invalid or too-large
 */
export async function readNpz(bytes: Uint8Array): Promise<Map<string, Tensor>> {
  const tensors = new Map<string, Tensor>()
  let left = TENSOR_LIMIT
  for await (const { name, read } of entries(bytes)) {
    if (tensors.size === MOST_ARRAYS)
      throw new Problem('too-large', `An .npz file may contain at most ${MOST_ARRAYS} arrays.`)
    if (!name.endsWith('.npy'))
      throw new Problem('invalid', `The .npz file contains "${name}", which is not an array (.npy).`)
    const content = await read(left)
    left -= content.length
    const array = name.slice(0, -'.npy'.length)
    if (tensors.has(array)) throw new Problem('invalid', `The .npz file contains "${array}" twice.`)
    tensors.set(array, readNpy(content, `Inputs.${array}`))
  }
  return tensors
}

/** Writes arrays as an `.npz` file, uncompressed as numpy's `savez` does. */
export function writeNpz(tensors: ReadonlyMap<string, Tensor>): Uint8Array {
  return storeZip([...tensors].map(([name, tensor]) => ({ name: `${name}.npy`, content: writeNpy(tensor) })))
}

type NpzEntry = { name: string; read(limit: number): Promise<Buffer> }

async function* entries(bytes: Uint8Array): AsyncGenerator<NpzEntry> {
  const zip = await open(bytes)
  try {
    for (let entry = await next(zip); entry; entry = await next(zip)) {
      const found = entry
      // Names are keys here and never paths. They come as bytes, since the library would refuse what looks like an absolute path.
      const name = Buffer.isBuffer(found.fileName) ? found.fileName.toString('utf8') : String(found.fileName)
      yield { name, read: (limit) => unpack(zip, found, limit) }
    }
  } finally {
    zip.close()
  }
}

function open(bytes: Uint8Array): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    fromBuffer(buffer, { lazyEntries: true, decodeStrings: false }, (error, zip) => {
      if (error || !zip) reject(damaged(error))
      else resolve(zip)
    })
  })
}

function next(zip: ZipFile): Promise<Entry | undefined> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => () => {
      zip.removeAllListeners()
      act()
    }
    zip.once('entry', (entry: Entry) => settle(() => resolve(entry))())
    zip.once('end', () => settle(() => resolve(undefined))())
    zip.once('error', (error: Error) => settle(() => reject(damaged(error)))())
    zip.readEntry()
  })
}

function unpack(zip: ZipFile, entry: Entry, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error || !stream) return reject(damaged(error))
      const chunks: Buffer[] = []
      let size = 0
      stream.on('error', (failure) => reject(damaged(failure)))
      stream.on('end', () => resolve(Buffer.concat(chunks)))
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size <= limit) return chunks.push(chunk)
        reject(new Problem('too-large', 'The .npz file unpacks to more than 1 GiB.'))
        return stream.destroy()
      })
    })
  })
}

function damaged(cause: unknown): Problem {
  return new Problem('invalid', 'The body is not an .npz file, or it is damaged.', { cause })
}
