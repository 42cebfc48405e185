import { app } from 'electron'

/**
 * Ends the app with a line on standard error when an error was forgotten. Without this Electron opens a modal box, and the process
 * then ignores SIGTERM. Install it first.
 */
export function catchUncaught(): void {
  process.on('uncaughtException', (error) => {
    process.stderr.write(`Model Cabinet crashed: ${error.stack ?? error.message}\n`)
    app.exit(1)
  })
}
