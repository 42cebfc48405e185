import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { isUnfinishedCopy } from '../../files/copy-folder.ts'
import { databasePath } from '../../store/open-store.ts'

/**
 * Refuses half a copy of a data folder, and one with files of models whose database is gone. An empty one would be made in its place, and whatever no row names
 * goes to the trash, and after 30 days for good.
 * @throws Problem `unavailable`
 */
export function refuseLostDatabase(dataDirectory: string): void {
  const database = databasePath(dataDirectory)
  const files = join(dataDirectory, 'files')
  // What was written last may lie in the log alone; but a log without its database is left by a copy that was cut off.
  if (isUnfinishedCopy(dataDirectory, basename(database))) {
    throw new Problem(
      'unavailable',
      `Moving a cabinet to ${dataDirectory} was interrupted: this copy is not complete. The cabinet is still in its old folder; ` +
        'move it again from there, or delete this folder.',
    )
  }
  const isThere = sizeOf(database) > 0 || (existsSync(database) && sizeOf(`${database}-wal`) > 0)
  if (isThere || !holdsFiles(files)) return
  throw new Problem(
    'unavailable',
    `The cabinet's data file ${database} is missing or empty, but ${files} contains model files. Restore a backup; or ` +
      'move that folder elsewhere to begin with an empty cabinet, and import the models from there.',
  )
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/** Whether a file lies under its digest there: in a folder that is called by the first two digits. */
function holdsFiles(files: string): boolean {
  return namesIn(files).some((folder) => /^[0-9a-f]{2}$/.test(folder) && namesIn(join(files, folder)).length > 0)
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
