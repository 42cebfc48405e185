import { chmodSync, lstatSync, readdirSync, statSync } from 'node:fs'
import { chmod, lstat, opendir } from 'node:fs/promises'
import { join } from 'node:path'

/** Files and folders of a data folder, and the beginning of those whose names vary. Whatever else is there is somebody else's. */
const own =
  /^(?:cabinet\.db|list-index|lock\.|token|key|settings\.json|endpoint\.json|files|trash|incoming|fetching|work|window)/

const OTHERS = 0o077
const STICKY = 0o1000

/** From now on what this process makes is for its owner alone: folders 0700, files 0600. Windows closes a user's folder to others by itself. */
export function makeForOwnerOnly(): void {
  if (process.platform !== 'win32') process.umask(OTHERS)
}

/**
 * Takes others' rights away from a data folder and what is directly in it, so that they can neither read it nor hold its lock. A folder of another owner, or one
 * for all like `/tmp`, stays as it is, but not what is ours in it.
 */
export function closeToOthers(directory: string): void {
  if (process.platform === 'win32') return
  const { mode, uid } = statSync(directory)
  if (uid === process.getuid?.() && (mode & STICKY) === 0) take(directory, mode)
  for (const name of readdirSync(directory)) {
    if (!own.test(name)) continue
    const path = join(directory, name)
    const found = lstatSync(path, { throwIfNoEntry: false })
    if (found && !found.isSymbolicLink() && found.uid === process.getuid?.()) take(path, found.mode)
  }
}

function take(path: string, mode: number): void {
  if ((mode & OTHERS) !== 0) chmodSync(path, mode & 0o700)
}

/** The same for everything below a folder, which may be a great many files. Links are not followed. */
export async function closeAllToOthers(directory: string, signal: AbortSignal): Promise<void> {
  if (process.platform === 'win32') return
  for await (const entry of await opendir(directory, { recursive: true })) {
    if (signal.aborted) return
    if (entry.isSymbolicLink()) continue
    const path = join(entry.parentPath, entry.name)
    const found = await lstat(path).catch(() => undefined)
    if (found && (found.mode & OTHERS) !== 0) await chmod(path, found.mode & 0o700).catch(() => {})
  }
}
