import type { ExternalFiles } from '../decode/external-data.ts'
import type { Tensor } from '../decode/model.ts'
import { elementCount, valueBytes } from '../decode/stored-tensors.ts'
import type { ByteSource } from '../wire/byte-source.ts'
import { bytePieces, tensorValues } from './tensor-values.ts'

/** External files that are open, each once. */
export class Externals {
  #files: ExternalFiles
  #open = new Map<string, ByteSource | null>()

  constructor(files: ExternalFiles) {
    this.#files = files
  }

  async open(location: string): Promise<ByteSource | null> {
    const known = this.#open.get(location)
    if (known !== undefined) return known
    const source = await this.#files.open(location)
    this.#open.set(location, source)
    return source
  }

  close(): void {
    for (const source of this.#open.values()) source?.close()
  }
}

/** Begins to read from the first byte, as often as it is called; each piece is overwritten by the next. */
export type Pieces = () => Iterable<Uint8Array>

/**
 * The values of a tensor in raw little-endian form, piece by piece, wherever they lie; null where its external file is not there or too
 * short.
 */
export async function piecesOf(tensor: Tensor, source: ByteSource, externals: Externals): Promise<Pieces | null> {
  if (tensor.external === null) return () => tensorValues(source, tensor)
  const file = await externals.open(tensor.external.location)
  const start = Number(tensor.external.offset ?? 0)
  const bytes = valueBytes(tensor, elementCount(tensor.dimensions) ?? 0)
  const end = start + Number(tensor.external.length ?? bytes)
  if (file === null || start < 0 || end < start || end > file.size) return null
  return () => bytePieces(file, start, end)
}
