import { createHash, type Hash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import type { ExternalFiles } from '../decode/external-data.ts'
import type { Model } from '../decode/model.ts'
import { inferenceScopes } from '../decode/scopes.ts'
import { storedTensors } from '../decode/stored-tensors.ts'
import type { ByteSource } from '../wire/byte-source.ts'
import { Externals, piecesOf } from './stored-values.ts'
import { bytePieces } from './tensor-values.ts'

/** A stored tensor's place in the model and its digest; null where its values are not there to be read. */
export type TensorDigest = { scope: string; name: string; sha256: string | null; bytes: number }

/**
 * SHA-256 of the type, shape and values of every stored tensor, values in raw little-endian form, so that the same values
 * stored in two ways have one digest; of long lists in attributes, the bytes as they are stored. Reads in small pieces and lets others run in between.
 * @throws {WireError} where a tensor's values are damaged, and the signal's reason when it aborts
 */
export async function* digestTensors(
  source: ByteSource,
  model: Model,
  externalFiles: ExternalFiles,
  signal?: AbortSignal | undefined,
): AsyncGenerator<TensorDigest> {
  const externals = new Externals(externalFiles)
  try {
    for (const { scope, name, tensor, indices, shape, bytes, range } of storedTensors(inferenceScopes(model))) {
      const hash = createHash('sha256').update(`${tensor.elementCode}\n${shape.join()}\n`)
      let isWhole = true
      if (range !== null) await update(hash, bytePieces(source, range.start, range.end), signal)
      else
        for (const part of indices === null ? [tensor] : [tensor, indices]) {
          const pieces = await piecesOf(part, source, externals)
          if (pieces === null) isWhole = false
          else await update(hash, pieces(), signal)
        }
      yield { scope, name, sha256: isWhole ? hash.digest('hex') : null, bytes }
    }
  } finally {
    externals.close()
  }
}

/** The report with these digests in its list of initializers. */
export function withTensorDigests(report: Inspection, digests: readonly TensorDigest[]): Inspection {
  const known = new Map(digests.map(({ scope, name, sha256 }) => [`${scope}\n${name}`, sha256]))
  const Initializers = report.Initializers.map((item) => ({
    ...item,
    Sha256: known.get(`${item.Scope}\n${item.Name}`) ?? null,
  }))
  return { ...report, Initializers }
}

async function update(hash: Hash, pieces: Iterable<Uint8Array>, signal: AbortSignal | undefined): Promise<void> {
  let pending = 0
  for (const piece of pieces) {
    hash.update(piece)
    pending += piece.length
    if (pending < 16 * 1024 * 1024) continue
    pending = 0
    await setImmediate()
    signal?.throwIfAborted()
  }
}
