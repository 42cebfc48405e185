const whole = new Intl.NumberFormat('en-US')

/** 1,284 */
export const exact = (value: number): string => whole.format(value)

function scaled(value: number, units: readonly string[], separator: string): string {
  let size = value
  let step = 0
  // 999.95 would round to 1000 of the smaller unit.
  while (size >= 999.5 && step < units.length - 1) {
    size /= 1000
    step += 1
  }
  const digits = step === 0 || size >= 99.95 ? 0 : 1
  const text = size.toFixed(digits).replace(/\.0$/, '')
  return `${text}${separator}${units[step]}`
}

/** Bytes as people say them: 430 kB, 2.3 MB. */
export const bytes = (value: number): string => scaled(value, ['B', 'kB', 'MB', 'GB', 'TB'], ' ')

/** A large count as people say it: 546 k, 2.7 M. */
export const count = (value: number): string => scaled(value, ['', 'k', 'M', 'G', 'T'], ' ').trim()

/** Milliseconds as people say them: 0.4 ms, 18 ms, 1.2 s. */
export function duration(milliseconds: number): string {
  if (milliseconds < 9.95) return `${Number(milliseconds.toFixed(1))} ms`
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 59_500) return `${Number((milliseconds / 1000).toFixed(1))} s`
  return `${Math.round(milliseconds / 60_000)} min`
}

/** "1 model", "3 models". */
export const plural = (amount: number, one: string, many = `${one}s`): string =>
  `${exact(amount)} ${amount === 1 ? one : many}`
