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
