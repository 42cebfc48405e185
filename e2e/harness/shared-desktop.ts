import { test } from '@playwright/test'
import { type Desktop, launchDesktop } from './desktop.ts'
import { withTemporaryFolder } from './temporary-folder.ts'

/** One app for all tests of a file, for tests that leave it as it was. */
export function shareDesktop(): () => Desktop {
  let desktop: Desktop | undefined
  let done: (() => void) | undefined
  let over: Promise<void> | undefined

  test.beforeAll(async () => {
    await new Promise<void>((ready, fail) => {
      over = withTemporaryFolder(async (folder) => {
        desktop = await launchDesktop(folder)
        ready()
        await new Promise<void>((resolve) => {
          done = resolve
        })
        await desktop.app.close()
      })
      over.catch(fail)
    })
  })
  test.afterAll(async () => {
    done?.()
    await over
  })
  return () => {
    if (desktop === undefined) throw new Error('the app was not started')
    return desktop
  }
}
