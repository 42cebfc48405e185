import { join } from 'node:path'
import { destination, pino } from 'pino'
import { createApi } from '../api/create-api.ts'
import type { Cabinet } from '../catalogue/cabinet.ts'
import { openCabinet } from '../catalogue/open-cabinet.ts'
import { openPort } from '../http/open-port.ts'
import { spawnChild } from '../processes/spawn-child.ts'
import { programFolder, programVersion } from '../program-folder.ts'
import type { ServeOptions } from './arguments.ts'
import { endOnSignal } from './end-on-signal.ts'

/** Milliseconds that a very large list may hold up the line on standard output. */
const READY_LIMIT = 10_000

/**
 * Opens the cabinet and its port, says on standard output where they are, and stays until it is told to end.
 * @throws Problem where the data folder or the port cannot be had
 */
export async function serve({ dataDirectory, host, fixed }: ServeOptions): Promise<void> {
  const log = pino({ base: null }, destination({ dest: 2, sync: true }))
  const version = programVersion()
  const cabinet = await openCabinet({
    dataDirectory,
    spawn: spawnChild,
    version,
    log: (error) => log.error({ err: error }),
    settings: { fixed },
  })
  const api = createApi(cabinet, { version, logError: (error, request) => log.error({ err: error, ...request }) })
  const opened = await openPort({
    cabinet,
    api,
    host,
    port: fixed.port,
    version,
    rendererFolder: join(programFolder(), 'out', 'renderer'),
    onSignedIn: (nextUrl) => log.info({ signInUrl: nextUrl }, 'A browser signed in; the next one can at this address.'),
    onMoved: (signInUrl) =>
      log.info({ signInUrl }, 'The cabinet moved to another port; a browser can sign in at this address.'),
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
