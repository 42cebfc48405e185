import { app } from 'electron'
import type { Opened } from './arguments.ts'

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
    void import('./handover.ts').then(({ readHandover }) => onSecond(readHandover(handover)))
  })
  return true
}
