import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Puts a file's bytes on disk. */
export async function syncFile(path: string): Promise<void> {
  // Windows flushes only what is open for writing.
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Puts the names in a folder on disk. Windows cannot, and does so by itself. */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

/** Moves a file so that after a crash it is whole under one of the two names, and after return under the new one. */
export async function moveDurably(from: string, to: string): Promise<void> {
  await syncFile(from)
  await rename(from, to)
  await syncDirectory(dirname(to))
}
