import { constants, existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { moveDurably, syncDirectory, syncFile } from './durable.ts'

const UNFINISHED_NAME = 'unfinished-copy.json'

/** Whether a folder holds a copy that was cut off, which may be made again. */
export function isUnfinishedCopy(folder: string, mark: string): boolean {
  return existsSync(join(folder, UNFINISHED_NAME)) && !existsSync(join(folder, mark))
}

type Options = {
  /** Told the path from the folder on; what it refuses is left out with all that is below. */
  takes(path: string): boolean
  /** Copied last, and under another name until it is whole: without this file nobody takes the copy for one. */
  mark: string
  /** Bytes copied so far, and of how many. */
  onProgress(done: number, total: number): void
}

/**
 * Copies what is in a folder into another one, where none of it may be yet. Each file is on disk, and no shorter than its original,
 * before the next is begun. What fails leaves what was copied until then, and a note that it is not all; the next copy begins anew.
 * @throws Error of the system; Error where less of a file arrived than there was
 */
export async function copyFolder(from: string, to: string, { takes, mark, onProgress }: Options): Promise<void> {
  const files = await filesIn(from, from, takes)
  files.sort((one, other) => Number(one.path === mark) - Number(other.path === mark))
  const total = files.reduce((sum, { size }) => sum + size, 0)
  let done = 0
  onProgress(done, total)
  if (isUnfinishedCopy(to, mark)) await removeCopied(to, files)
  const note = join(to, UNFINISHED_NAME)
  await mkdir(to, { recursive: true, mode: 0o700 })
  await writeFile(note, '{"Format":"model-cabinet-copy"}\n')
  await syncFile(note)
  await syncDirectory(to)
  const folders = new Set<string>()
  for (const { path, size } of files) {
    const place = join(to, path)
    const target = path === mark ? `${place}.part` : place
    if (path === mark) {
      if (existsSync(place)) throw Object.assign(new Error(`${place} already exists.`), { code: 'EEXIST' })
      for (const folder of folders) await syncDirectory(folder)
    }
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    folders.add(dirname(target))
    // A clone where the file system can; never over a file that is there.
    await copyFile(join(from, path), target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
    await syncFile(target)
    // What is still being written may have grown; nothing may be missing.
    if ((await stat(target)).size < size) throw new Error(`${path} was not copied completely.`)
    if (target !== place) await moveDurably(target, place)
    done += size
    onProgress(done, total)
  }
  for (const folder of folders) await syncDirectory(folder)
  await rm(note)
}

/** Only what has a name that the copy gives: somebody may have put something else there since. */
async function removeCopied(to: string, files: readonly { path: string }[]): Promise<void> {
  for (const { path } of files) for (const end of ['', '.part']) await rm(join(to, path + end), { force: true })
}

async function filesIn(
  root: string,
  folder: string,
  takes: Options['takes'],
): Promise<{ path: string; size: number }[]> {
  const found: { path: string; size: number }[] = []
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = relative(root, join(folder, entry.name))
    if (!takes(path)) continue
    if (entry.isDirectory()) found.push(...(await filesIn(root, join(root, path), takes)))
    else if (entry.isFile()) found.push({ path, size: (await stat(join(root, path))).size })
  }
  return found
}
