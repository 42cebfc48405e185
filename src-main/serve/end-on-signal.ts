/** Milliseconds after which the process ends even if something hangs. */
const END_LIMIT = 1_600
/** Milliseconds between looks at whether npm's shell is still there. */
const LOOK_EVERY = 150

/**
 * Ends the process in order when it is told to: SIGTERM, Ctrl-C, or the terminal closing. The same signal may come twice
 * (from the terminal and from npm), so later ones change nothing. `npm run` passes a signal on to its shell, and many
 * shells die of it without telling us: there the shell's end counts as the signal.
 */
export function endOnSignal(close: (signal: string) => Promise<void>): void {
  let ending = false
  const end = (signal: string) => {
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
  if (process.env.npm_lifecycle_event !== undefined) {
    const shell = process.ppid
    setInterval(() => {
      if (process.ppid !== shell) end("the end of npm's shell")
    }, LOOK_EVERY).unref()
  }
  // Whoever read the standard output may be gone by now.
  process.stdout.on('error', () => {})
}
