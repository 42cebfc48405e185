/** Least, middle, 95th percentile (nearest rank), greatest and average of at least one time. */
export function summariseTimes(times: readonly number[]) {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (index: number) => sorted[Math.max(0, Math.min(sorted.length - 1, index))] ?? Number.NaN
  const upper = Math.floor(sorted.length / 2)
  return {
    Min: at(0),
    Median: sorted.length % 2 === 1 ? at(upper) : (at(upper - 1) + at(upper)) / 2,
    P95: at(Math.ceil(sorted.length * 0.95) - 1),
    Max: at(sorted.length - 1),
    Mean: times.reduce((sum, time) => sum + time, 0) / times.length,
  }
}
