/** Both ends are counted in. */
export type ByteRange = { start: number; end: number }

/**
 * Reads a `Range` header (RFC 9110 14.2) for a file of `size` bytes.
 * @returns undefined where the whole file is to be sent: no header, another unit, several ranges, or one that makes no sense;
 * 'unsatisfiable' where the range lies beyond the file
 */
export function byteRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 }
  }
  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < start) return undefined
  return start >= size ? 'unsatisfiable' : { start, end }
}
