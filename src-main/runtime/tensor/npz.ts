import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { readNpy } from '../../../src-contract/util/npy.ts'
import { TENSOR_LIMIT, type Tensor } from '../../../src-contract/util/tensor.ts'
import { openZip } from '../../files/archive/zip.ts'
import { storeZip } from './store-zip.ts'
import { writeNpy } from './write-npy.ts'

const rules = { name: 'The .npz file', mostFiles: 10_000, mostBytes: TENSOR_LIMIT, holdsArrays: true }

/**
 * Reads the arrays of an `.npz` file by name. Nothing is unpacked beyond 1 GiB in all, whatever the file declares.
 * @throws Problem invalid or too-large
 */
export async function readNpz(bytes: Uint8Array): Promise<Map<string, Tensor>> {
  const archive = await openZip(bytes, rules)
  try {
    const tensors = new Map<string, Tensor>()
    for (const { path, bytes } of archive.files.values()) {
      if (!path.endsWith('.npy'))
        throw new Problem('invalid', `The .npz file contains “${path}”, which is not an array (.npy).`)
      const name = path.slice(0, -'.npy'.length)
      tensors.set(name, readNpy(Buffer.concat(await Array.fromAsync(bytes())), `Inputs.${name}`))
    }
    return tensors
  } finally {
    archive.close()
  }
}

/** Writes arrays as an `.npz` file, uncompressed as numpy's `savez` does. */
export function writeNpz(tensors: ReadonlyMap<string, Tensor>): Uint8Array {
  return storeZip([...tensors].map(([name, tensor]) => ({ name: `${name}.npy`, content: writeNpy(tensor) })))
}
