/** Milliseconds after which the process ends even if something hangs. */
const END_LIMIT = 1_800

/**
 * Ends the process in order when it is told to: SIGTERM, Ctrl-C, or the terminal closing. The same signal may come twice
 * (from the terminal and from npm), so later ones change nothing.
 */
export function endOnSignal(close: (signal: NodeJS.Signals) => Promise<void>): void {
  let ending = false
  const end = (signal: NodeJS.Signals) => {
    if (ending) return
    ending = true
    setTimeout(() => process.exit(1), END_LIMIT).unref()
    close(signal).then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end)
  // Whoever read the standard output may be gone by now.
  process.stdout.on('error', () => {})
}
