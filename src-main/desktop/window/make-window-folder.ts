import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { makeFolder } from '../../files/make-folder.ts'

/**
 * Makes the folder of Chromium's own files, inside the data folder so that there is one window on each. Where it could not be written
 * to, Chromium would take this start for a second one, which ends without a word.
 * @throws Problem `unavailable`
 */
export function makeWindowFolder(dataDirectory: string): string {
  const folder = join(dataDirectory, 'window')
  try {
    makeFolder(dirname(dataDirectory))
    for (const one of [dataDirectory, folder]) if (!existsSync(one)) mkdirSync(one, { mode: 0o700 })
    accessSync(folder, constants.W_OK)
    return folder
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Problem(
      'unavailable',
      `The data folder ${dataDirectory} cannot be created or written to (${reason}). Choose another with --data.`,
    )
  }
}
