/** Units in which a person names a size. */
export const sizeUnits = ['MB', 'GB', 'MiB', 'GiB'] as const
export type SizeUnit = (typeof sizeUnits)[number]

const bytesIn: Record<SizeUnit, number> = { MB: 1e6, GB: 1e9, MiB: 2 ** 20, GiB: 2 ** 30 }

/** Digits after the point that a size may have. */
const DECIMALS = 9

/**
 * A size as a number and a unit that say it without loss where any does: `2 GiB`, `1.5 GB`, `20 MB`. In the unit that a person chose
 * wherever that can say it, also below one.
 */
export function sizeParts(bytes: number, chosen?: SizeUnit): { amount: string; unit: SizeUnit } {
  for (let digits = 0; chosen && digits <= DECIMALS; digits++) {
    const amount = (bytes / bytesIn[chosen]).toFixed(digits)
    if (sizeOf(amount, chosen) === bytes) return { amount, unit: chosen }
  }
  for (const unit of ['GiB', 'GB', 'MiB', 'MB'] as const) {
    const hundredths = (bytes * 100) / bytesIn[unit]
    if (hundredths >= 100 && Number.isInteger(hundredths)) return { amount: String(hundredths / 100), unit }
  }
  return { amount: String(bytes / bytesIn.MB), unit: 'MB' }
}

/** The bytes that were named; a comma counts as a point. @throws Error with a sentence where it is no number */
export function sizeOf(amount: string, unit: SizeUnit): number {
  const text = amount.trim().replace(',', '.')
  if (!/^\d{1,15}(?:\.\d{1,9})?$/.test(text)) throw new Error('A size is a number such as 2 or 1.5.')
  return Math.round(Number(text) * bytesIn[unit])
}
