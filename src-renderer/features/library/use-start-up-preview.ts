import { useEffect } from 'react'
import { queryClient } from '../../lib/api/query-client.ts'
import { keepStartUpPreview } from '../../lib/start/start-up-preview.ts'
import { connection } from '../../lib/state/connection.ts'
import { layout } from '../../lib/state/layout.ts'
import { selection } from '../../lib/state/selection.ts'

/** Milliseconds after the last change of the list: a picture of it costs a moment, and nobody is in need of it. */
const CALM = 2_000

/** What the next start must not show: it is not there then. A field in use is in the middle of a search or a new name. */
const passing = [
  ...['[role="dialog"]', '[role="menu"]', '[role="listbox"]', '[role="tooltip"]', '.mantine-Notification-root'],
  ...['input:focus', '[data-over]', '[data-drop-target]'],
].join()

/**
 * The first moment of a start: the picture of the list as it was last seen goes when the list itself stands, and another is made
 * of it for the next start whenever it looks different and is at rest.
 * @param settled whether the screen shows what the cabinet has answered
 * @param asAtStart whether it is the list that a start begins with
 * @param updatedAt when the list was last answered
 */
export function useStartUpPreview(settled: boolean, asAtStart: boolean, updatedAt: number): void {
  useEffect(() => {
    if (!settled) return
    // The rows come in the frame after their list is measured.
    const frame = requestAnimationFrame(() => requestAnimationFrame(keepStartUpPreview))
    return () => cancelAnimationFrame(frame)
  }, [settled])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another answer is another picture
  useEffect(() => {
    if (!settled || !asAtStart) return
    let timer: ReturnType<typeof setInterval> | undefined
    const remember = () => {
      clearInterval(timer)
      timer = setInterval(() => {
        if (!isAtRest()) return
        window.cabinet?.rememberSeen()
        clearInterval(timer)
      }, CALM)
    }
    remember()
    const stop = layout.subscribe(remember)
    // The zoom changes the size in the page's own pixels.
    window.addEventListener('resize', remember)
    return () => {
      clearInterval(timer)
      stop()
      window.removeEventListener('resize', remember)
    }
  }, [settled, asAtStart, updatedAt])
}

function isAtRest(): boolean {
  const { all, uuids, cursor } = selection.getState()
  const grid = document.querySelector('#main [role="grid"]')
  const picked = all || uuids.size > 0 || (cursor >= 0 && layout.getState().peek)
  const busy = queryClient.isFetching() > 0 || connection.getState().state !== 'ready'
  return !picked && !busy && !grid?.scrollTop && document.querySelector(passing) === null
}
