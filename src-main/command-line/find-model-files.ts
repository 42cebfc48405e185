import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isModelName } from '../../src-contract/util/model-file-types.ts'

/** A file to inspect. `isNamed` says that a person named it, rather than a folder that it lies in. */
export type FoundFile = { path: string; isNamed: boolean }

/**
 * The files that these paths mean, in a stable order: named files as they are, and of folders, with all folders below,
 * models and archives by their names. Links to folders are not followed, so that no ring holds the search up for ever.
 */
export async function* findModelFiles(paths: readonly string[]): AsyncGenerator<FoundFile> {
  for (const path of paths) {
    if (await isFolder(path)) yield* filesBelow(path)
    else yield { path, isNamed: true }
  }
}

async function* filesBelow(folder: string): AsyncGenerator<FoundFile> {
  const entries = await readdir(folder, { withFileTypes: true })
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesBelow(path)
    else if (isModelName(entry.name) && !(await isFolder(path))) yield { path, isNamed: false }
  }
}

async function isFolder(path: string): Promise<boolean> {
  const status = await stat(path).catch(() => null)
  return status?.isDirectory() ?? false
}
