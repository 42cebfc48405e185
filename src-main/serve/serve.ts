import type { Cabinet } from '../cabinet/cabinet.ts'
import { log } from '../files/log.ts'
import { spawnChild } from '../processes/spawn/spawn-child.ts'
import type { ServeOptions } from './arguments.ts'
import { endOnSignal } from './end-on-signal.ts'
import { openProgram } from './open-program.ts'

/** Milliseconds that a very large list may hold up the line on standard output. */
const READY_LIMIT = 10_000

/**
 * Opens the cabinet and its port, says on standard output where they are, and stays until it is told to end.
 * @throws Problem where the data folder or the port cannot be had
 */
export async function serve(options: ServeOptions): Promise<void> {
  const { cabinet, openPort } = await openProgram(options, spawnChild)
  const opened = await openPort({
    onSignedIn: (nextUrl) => log.info({ signInUrl: nextUrl }, 'A browser signed in. The next one can sign in here.'),
    onMoved: (signInUrl) => log.info({ signInUrl }, 'The cabinet moved to another port. A browser can sign in here.'),
  }).catch(async (error: unknown) => {
    await cabinet.close()
    throw error
  })
  endOnSignal(async (signal) => {
    log.info(`Ending on ${signal}.`)
    await opened.close()
    await cabinet.close()
  })
  for (const warning of cabinet.settings.current().Warnings) log.warn(warning)
  await listReady(cabinet)
  const { url, signInUrl } = opened
  const { tokenFile } = cabinet.tokens
  process.stdout.write(
    `${JSON.stringify({ url, signInUrl, tokenFile, dataDir: cabinet.dataDirectory, pid: process.pid })}\n`,
  )
}

/** Waits until the list answers, so that the first request of a script is not the one that pays for the start. */
async function listReady(cabinet: Cabinet): Promise<void> {
  const enough = AbortSignal.timeout(READY_LIMIT)
  await cabinet.listing.list({ Limit: 1, q: '' }, { signal: enough }).catch((error: unknown) => {
    if (!enough.aborted) throw error
  })
}
