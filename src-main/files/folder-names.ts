import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** What lies in folders, by name; each folder is listed once. */
export type FolderNames = {
  /** Undefined where the folder cannot be listed, or has more entries than anyone can look through. */
  of(folder: string): Promise<readonly string[] | undefined>
  /** Whether a folder has an entry; also of a folder that can be entered but not listed. */
  has(folder: string, name: string): Promise<boolean>
}

/** @param most entries of a folder that are listed */
export function createFolderNames(most = 20_000): FolderNames {
  const known = new Map<string, Promise<string[] | undefined>>()

  async function list(folder: string): Promise<string[] | undefined> {
    const names = await readdir(folder).catch(() => undefined)
    return names && names.length <= most ? names : undefined
  }

  function of(folder: string): Promise<string[] | undefined> {
    const names = known.get(folder) ?? list(folder)
    known.set(folder, names)
    return names
  }

  return {
    of,
    async has(folder, name) {
      return (await of(folder))?.includes(name) ?? (await isThere(join(folder, name)))
    },
  }
}

/** Whether there is something at a path; links are followed. */
export async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
