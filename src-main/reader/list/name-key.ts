import { fold } from '../search/fold.ts'

/**
 * What names are ordered by: without case and accents, and numbers in them by value (`model 2` before `model 10`).
 * Keys compare by their code units. Each run of digits loses its leading zeros and gets its length in front.
 */
export function nameKey(name: string): string {
  return fold(name).replace(/[0-9]+/g, (digits) => {
    const value = digits.replace(/^0+(?=.)/, '')
    return String.fromCharCode(0x30 + Math.min(value.length, 0x2f)) + value
  })
}
