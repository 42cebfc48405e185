import { app } from 'electron'
import { z } from 'zod'
import { FilePath } from '../../src-contract/bridge.ts'

const Handover = z.object({ paths: z.array(FilePath) })

/**
 * One window on a data folder: a second start hands its files to the first and ends.
 * @returns false in that second start, which must then do nothing more
 */
export function beFirst(paths: string[], onSecond: (paths: string[]) => void): boolean {
  if (!app.requestSingleInstanceLock({ paths })) {
    app.quit()
    return false
  }
  app.on('second-instance', (_, _args, _directory, handover) => {
    const { success, data } = Handover.safeParse(handover)
    onSecond(success ? data.paths : [])
  })
  return true
}
