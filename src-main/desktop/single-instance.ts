import { app } from 'electron'
import { z } from 'zod'
import { FilePath } from '../../src-contract/bridge.ts'
import { Uuid } from '../../src-contract/identifiers.ts'
import type { Opened } from './arguments.ts'

const Handover = z.object({ paths: z.array(FilePath), functionUuid: Uuid.optional() })

/**
 * One window on a data folder: a second start hands what it was to open to the first and ends.
 * @returns false in that second start, which must then do nothing more
 */
export function beFirst(opened: Opened, onSecond: (opened: Opened) => void): boolean {
  if (!app.requestSingleInstanceLock(opened)) {
    app.quit()
    return false
  }
  app.on('second-instance', (_, _args, _directory, handover) => {
    const { success, data } = Handover.safeParse(handover)
    onSecond({ paths: success ? data.paths : [], functionUuid: data?.functionUuid })
  })
  return true
}
