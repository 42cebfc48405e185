/** A count with a comma between thousands: `2,327,524`. */
export function groupedNumber(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** A count in short: `2.7 M`, `54 k`, `999`. */
export function shortCount(count: number): string {
  return scaled(count, ['', ' k', ' M', ' G', ' T', ' P'])
}

/** A size in short, in steps of 1,000 bytes: `2.3 MB`, `429 kB`, `12 bytes`. */
export function shortBytes(bytes: number): string {
  return scaled(bytes, [bytes === 1 ? ' byte' : ' bytes', ' kB', ' MB', ' GB', ' TB', ' PB'])
}

/** Milliseconds as people say them: 84 µs, 1.3 ms, 18 ms, 1.2 s. */
export function duration(milliseconds: number): string {
  if (milliseconds < 0.9995) return `${Math.round(milliseconds * 1000)} µs`
  if (milliseconds < 9.95) return `${Number(milliseconds.toFixed(1))} ms`
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 59_500) return `${Number((milliseconds / 1000).toFixed(1))} s`
  return `${Math.round(milliseconds / 60_000)} min`
}

/** "1 model", "1,284 models". */
export function plural(amount: number, one: string, many = `${one}s`): string {
  return `${groupedNumber(amount)} ${amount === 1 ? one : many}`
}

/** Two digits where the first stands alone before the point, else whole numbers. */
function scaled(value: number, units: readonly string[]): string {
  let step = 0
  let left = value
  // What would be rounded to 1,000 is one of the next unit.
  while (left >= (step === 0 ? 1000 : 999.5) && step < units.length - 1) {
    left /= 1000
    step++
  }
  const digits = step === 0 || left >= 99.95 ? String(Math.round(left)) : left.toFixed(1)
  return `${digits}${units[step] ?? ''}`
}
