import type { Cabinet } from '../cabinet/cabinet.ts'
import { log } from '../files/log.ts'
import type { LinkNews } from '../link/link-message.ts'
import type { Parent } from '../processes/child/parent.ts'
import { spawnChild } from '../processes/spawn/spawn-child.ts'
import type { ServeOptions } from './arguments.ts'
import { openProgram } from './open-program.ts'

/** Milliseconds that a very large list may hold up the news that it is open. */
const READY_LIMIT = 10_000

/**
 * Opens the cabinet and its port, and tells the parent where they are.
 * @throws Problem where the data folder or the port cannot be had
 */
export async function serveCabinet(parent: Parent, options: ServeOptions): Promise<{ close(): Promise<void> }> {
  const tell = (news: LinkNews) => parent.post(news)
  const { cabinet, version, openPort } = await openProgram(options, spawnChild, () => tell({ kind: 'long-work' }))
  const opened = await openPort({
    onSignedIn: (nextUrl) => log.info({ signInUrl: nextUrl }, 'A browser signed in. The next one can sign in here.'),
    onMoved(signInUrl) {
      log.info({ signInUrl }, 'The cabinet moved to another port. A browser can sign in here.')
      tellOpen(signInUrl)
    },
  }).catch(async (error: unknown) => {
    await cabinet.close()
    throw error
  })
  const tellOpen = (signInUrl: string) => {
    const { tokens, dataDirectory } = cabinet
    const endpoint = { url: opened.url, tokenFile: tokens.tokenFile, dataDirectory, attached: false, version }
    tell({ kind: 'open', endpoint, signInUrl })
  }
  for (const warning of cabinet.settings.current().Warnings) log.warn(warning)
  await listReady(cabinet)
  tellOpen(opened.signInUrl)
  return {
    async close() {
      await opened.close()
      await cabinet.close()
    },
  }
}

/** Waits until the list answers, so that the first request of a script is not the one that pays for the start. */
async function listReady(cabinet: Cabinet): Promise<void> {
  const enough = AbortSignal.timeout(READY_LIMIT)
  await cabinet.listing.list({ Limit: 1, q: '' }, { signal: enough }).catch((error: unknown) => {
    if (!enough.aborted) throw error
  })
}
