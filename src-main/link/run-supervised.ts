import { url as debuggerUrl } from 'node:inspector'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { log } from '../files/log.ts'
import { makeForOwnerOnly } from '../files/owner-only.ts'
import { connectParent, type Parent } from '../processes/child/parent.ts'
import { watchParent } from '../processes/child/parent-watch.ts'
import { type LinkNews, LinkOrder } from './link-message.ts'

/**
 * Runs a cabinet's process: it ends with its parent, answers its heartbeat, and says why where it does not open. `startCabinet` is the other end.
 * @param open opens the cabinet; returns how to close it
 */
export function runSupervised(open: (parent: Parent) => Promise<{ close(): Promise<void> }>): void {
  makeForOwnerOnly()
  watchParent()
  // Ctrl-C and the end of a terminal go to every process in it; the parent closes this one in order.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})
  const parent = connectParent()
  const tell = (news: LinkNews) => parent.post(news)
  open(parent).then(
    ({ close }) => {
      const end = () => void close().then(() => process.exit(0))
      process.on('SIGTERM', end)
      parent.onMessage((message) => {
        const { kind } = LinkOrder.safeParse(message).data ?? {}
        if (kind === 'close') end()
        // One that is being debugged stops at breakpoints.
        if (kind === 'ping') tell({ kind: debuggerUrl() === undefined ? 'pong' : 'long-work' })
      })
    },
    (error: unknown) => {
      const known = error instanceof Problem
      if (!known) log.error({ err: error })
      tell({ kind: 'refused', message: known ? error.message : `The cabinet could not be opened: ${String(error)}` })
    },
  )
}
