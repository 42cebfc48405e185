import { varintBytes } from './wire-writer.ts'

/** A small generator of numbers from 0 to 1 that gives the same sequence for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** One way to damage a file; `other` is a second file to take pieces from. */
type Mutation = (bytes: Uint8Array, other: Uint8Array, random: () => number) => Uint8Array

/** Sizes that a damaged or hostile length field may hold. */
const badSizes = [0n, 127n, 128n, 2n ** 31n - 1n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n]

const mutations: Readonly<Record<string, Mutation>> = {
  truncate: (bytes, _, random) => bytes.subarray(0, below(bytes.length, random)),
  flip: (bytes, _, random) => flipped(bytes, 1 + below(8, random), bytes.length, random),
  // Names, types and lengths stand at the beginning and around weights, so most flips should hit structure.
  flipEarly: (bytes, _, random) => flipped(bytes, 1 + below(4, random), Math.min(bytes.length, 2000), random),
  splice: (bytes, other, random) => {
    const start = below(other.length, random)
    const piece = other.subarray(start, start + below(400, random))
    const at = below(bytes.length, random)
    return joined(bytes.subarray(0, at), piece, bytes.subarray(at + below(400, random)))
  },
  hugeLength: (bytes, _, random) => {
    const at = below(Math.min(bytes.length, 4000), random)
    const size = badSizes[below(badSizes.length, random)] ?? 0n
    return joined(bytes.subarray(0, at), varintBytes(size), bytes.subarray(at + 1))
  },
  remove: (bytes, _, random) => {
    const at = below(bytes.length, random)
    return joined(bytes.subarray(0, at), bytes.subarray(at + 1 + below(16, random)))
  },
  repeat: (bytes, _, random) => {
    const at = below(bytes.length, random)
    const piece = bytes.subarray(at, at + 1 + below(200, random))
    return joined(
      bytes.subarray(0, at),
      ...new Array<Uint8Array>(1 + below(50, random)).fill(piece),
      bytes.subarray(at),
    )
  },
  nest: (bytes, _, random) => {
    // A graph's node, its attribute, the sub-graph in that, and so on.
    const tags = [0x0a, 0x2a, 0x32]
    let inner = bytes.subarray(0, Math.min(bytes.length, 100))
    const depth = 1 + below(300, random)
    for (let level = depth - 1; level >= 0; level--) {
      inner = joined(Uint8Array.of(tags[level % tags.length] ?? 0), varintBytes(inner.length), inner)
    }
    return joined(Uint8Array.of(8, 8, 0x3a), varintBytes(inner.length), inner)
  },
  zero: (bytes, _, random) => {
    const copy = Uint8Array.from(bytes)
    const at = below(copy.length, random)
    return copy.fill(0, at, at + below(4096, random))
  },
}

const names = Object.keys(mutations)

/** A damaged copy of one of these files, and what was done to it. The same random numbers give the same damage. */
export function mutate(files: readonly Uint8Array[], random: () => number): { bytes: Uint8Array; what: string } {
  const pick = () => files[below(files.length, random)] ?? new Uint8Array()
  const name = names[below(names.length, random)] ?? ''
  const bytes = mutations[name]?.(pick(), pick(), random) ?? new Uint8Array()
  return { bytes, what: name }
}

function below(limit: number, random: () => number): number {
  return Math.floor(random() * limit)
}

function flipped(bytes: Uint8Array, times: number, within: number, random: () => number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  for (let count = 0; count < times; count++) {
    const at = below(within, random)
    copy[at] = (copy[at] ?? 0) ^ (1 << below(8, random))
  }
  return copy
}

function joined(...pieces: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(pieces))
}
