/** Times in equal steps from the smallest to the largest; what lies far out goes into the last step. */
export function histogram(times: readonly number[], steps: number): { from: number; to: number; count: number }[] {
  if (times.length === 0) return []
  const sorted = [...times].sort((left, right) => left - right)
  const low = sorted[0] ?? 0
  // A single slow run must not squeeze all others into one bar.
  const high = sorted[Math.ceil(sorted.length * 0.99) - 1] ?? low
  const width = (high - low) / steps || 1
  const bars = Array.from({ length: steps }, (_, step) => ({
    from: low + step * width,
    to: low + (step + 1) * width,
    count: 0,
  }))
  for (const time of sorted) {
    const bar = bars[Math.min(steps - 1, Math.floor((time - low) / width))]
    if (bar) bar.count += 1
  }
  return bars
}
