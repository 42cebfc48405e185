import type { Random } from '../../../bench/data/random.ts'
import { varintBytes } from '../../../src-main/onnx/testing/wire-writer.ts'

/** One way to damage a file of any kind; `other` is a second file to take pieces from. */
type Mutation = (bytes: Uint8Array, other: Uint8Array, random: Random) => Uint8Array

/** Sizes that a damaged or hostile length field may hold. */
export const badSizes = [0n, 1n, 127n, 128n, 2n ** 31n - 1n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n]

const mutations: readonly Mutation[] = [
  // Cut off.
  (bytes, _, random) => bytes.subarray(0, random.below(bytes.length)),
  (bytes, _, random) => flipped(bytes, 1 + random.below(8), bytes.length, random),
  // Names, types and lengths stand at the beginning and around weights, so most flips should hit structure.
  (bytes, _, random) => flipped(bytes, 1 + random.below(4), Math.min(bytes.length, 2000), random),
  (bytes, other, random) => {
    const start = random.below(other.length)
    const piece = other.subarray(start, start + random.below(400))
    return replaced(bytes, random.below(bytes.length), random.below(400), piece)
  },
  // A huge length.
  (bytes, _, random) =>
    replaced(bytes, random.below(Math.min(bytes.length, 4000)), 1, varintBytes(random.pick(badSizes))),
  (bytes, _, random) => replaced(bytes, random.below(bytes.length), 1 + random.below(16)),
  (bytes, _, random) => {
    const at = random.below(bytes.length)
    const piece = bytes.subarray(at, at + 1 + random.below(200))
    return replaced(bytes, at, 0, ...new Array<Uint8Array>(1 + random.below(50)).fill(piece))
  },
  // A hole, as a crash of the system leaves one.
  (bytes, _, random) => {
    const at = random.below(bytes.length)
    return Uint8Array.from(bytes).fill(0, at, at + random.below(4096))
  },
]

/** A copy that is damaged without regard to what it is. */
export function mutateBytes(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  return random.pick(mutations)(bytes, other, random)
}

/** The bytes with some of them, from a place on, replaced by others. */
function replaced(bytes: Uint8Array, at: number, length: number, ...by: Uint8Array[]): Uint8Array {
  return joined(bytes.subarray(0, at), ...by, bytes.subarray(at + length))
}

export function joined(...pieces: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(pieces))
}

function flipped(bytes: Uint8Array, times: number, within: number, random: Random): Uint8Array {
  const copy = Uint8Array.from(bytes)
  for (let count = 0; count < times; count++) {
    const at = random.below(within)
    copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8))
  }
  return copy
}
