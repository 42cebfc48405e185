const slots = 4096
const longest = 48
const table: (string | undefined)[] = new Array(slots).fill(undefined)

/**
 * The text of short ASCII bytes, reusing the string made for the same bytes before: a graph repeats its names at every
 * use, and operator and attribute names hundreds of times. Null for bytes that are long or not ASCII.
 */
export function internString(bytes: Buffer, start: number, length: number): string | null {
  if (length > longest) return null
  let hash = length
  let union = 0
  for (let i = start; i < start + length; i++) {
    const byte = bytes[i] ?? 0
    union |= byte
    hash = (Math.imul(hash, 31) + byte) | 0
  }
  if (union > 0x7f) return null
  const slot = (hash ^ (hash >>> 13)) & (slots - 1)
  const known = table[slot]
  if (known !== undefined && matches(known, bytes, start, length)) return known
  const text = bytes.toString('latin1', start, start + length)
  table[slot] = text
  return text
}

function matches(text: string, bytes: Buffer, start: number, length: number): boolean {
  if (text.length !== length) return false
  for (let i = 0; i < length; i++) if (text.charCodeAt(i) !== bytes[start + i]) return false
  return true
}
