/** A set of small whole numbers, one bit each; a bit past the end is not in it. */
export type Bits = Uint32Array

/** An empty set for the numbers below `count`. */
export function emptyBits(count: number): Bits {
  return new Uint32Array((count + 31) >>> 5)
}

export function hasBit(bits: Bits, at: number): boolean {
  return (((bits[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 1
}

export function setBit(bits: Bits, at: number): void {
  const word = at >>> 5
  bits[word] = (bits[word] ?? 0) | (1 << (at & 31))
}

export function clearBit(bits: Bits, at: number): void {
  const word = at >>> 5
  bits[word] = (bits[word] ?? 0) & ~(1 << (at & 31))
}

/** Keeps in `target` what is also in `other`. */
export function intersect(target: Bits, other: Bits): void {
  for (let at = 0; at < target.length; at++) target[at] = (target[at] ?? 0) & (other[at] ?? 0)
}

/** Takes out of `target` what is in `other`. */
export function subtract(target: Bits, other: Bits): void {
  for (let at = 0; at < target.length; at++) target[at] = (target[at] ?? 0) & ~(other[at] ?? 0)
}

/** Adds to `target` what is in `other`. */
export function unite(target: Bits, other: Bits): void {
  const length = Math.min(target.length, other.length)
  for (let at = 0; at < length; at++) target[at] = (target[at] ?? 0) | (other[at] ?? 0)
}

/** How many numbers are in the set. */
export function countBits(bits: Bits): number {
  let count = 0
  for (let at = 0; at < bits.length; at++) {
    let word = bits[at] ?? 0
    word -= (word >>> 1) & 0x55555555
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333)
    count += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
  }
  return count
}

/** The numbers of the set, ascending; `count` is how many they are. */
export function listBits(bits: Bits, count = countBits(bits)): Int32Array {
  const numbers = new Int32Array(count)
  writeBits(bits, numbers)
  return numbers
}

/** Writes the numbers of the set, ascending, to the beginning of `target`. */
export function writeBits(bits: Bits, target: Int32Array): void {
  let next = 0
  for (let at = 0; at < bits.length; at++) {
    for (let word = bits[at] ?? 0; word !== 0; word &= word - 1) {
      target[next++] = (at << 5) + 31 - Math.clz32(word & -word)
    }
  }
}
