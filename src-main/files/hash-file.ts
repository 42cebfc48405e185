import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'

const LARGEST_PIECE = 1 << 20
const SMALLEST_PIECE = 1 << 12

type Options = {
  signal?: AbortSignal | undefined
  /** Bytes that are expected: a small file needs no large buffer. */
  size?: number
}

/** SHA-256 of a file's bytes as 64 hexadecimal digits. */
export async function hashFile(path: string, { signal, size = LARGEST_PIECE }: Options = {}): Promise<string> {
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafe(Math.min(LARGEST_PIECE, Math.max(SMALLEST_PIECE, size + 1)))
  const file = await open(path)
  try {
    for (;;) {
      signal?.throwIfAborted()
      const { bytesRead } = await file.read(piece, 0, piece.length)
      if (bytesRead === 0) return hash.digest('hex')
      hash.update(piece.subarray(0, bytesRead))
    }
  } finally {
    await file.close()
  }
}
