import type { Dirent } from 'node:fs'
import { lstat, opendir, realpath, stat } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { isModelName } from '../../src-contract/util/model-file-types.ts'
import { errorCode } from './disk-problem.ts'
import type { Exclusion } from './exclusion.ts'

/** Something that could not be looked into. */
export type Unreadable = { path: string; message: string }

/** What was found; `excluded` counts the files and folders that each pattern left out. */
export type Found = { candidates: string[]; unreadable: Unreadable[]; excluded: Map<string, number> }

/** Models come before other files that were named, which may be their data; then by path. */
export function compareCandidates(a: string, b: string): number {
  return Number(isModelName(b)) - Number(isModelName(a)) || (a < b ? -1 : a > b ? 1 : 0)
}

type Options = {
  recursive: boolean
  exclusion: Exclusion
  signal?: AbortSignal
  /** A folder that is never looked into: the cabinet's own. */
  except?: string
  /** Told how many were found so far. */
  onFound?: (count: number) => void
}

/**
 * Every file that is named, and every model and archive in the folders that are, absolute and in the order of `compareCandidates`, so that
 * a place in the list stays the same place when files come and go. Symbolic links are followed, each folder once. What cannot be looked
 * into is named and passed over.
 */
export async function findCandidates(
  paths: readonly string[],
  { recursive, exclusion, signal, except, onFound }: Options,
): Promise<Found> {
  const candidates = new Set<string>()
  const unreadable: Unreadable[] = []
  const excluded = new Map<string, number>()
  const visited = new Set<string>(except === undefined ? [] : [await realpath(except).catch(() => except)])

  async function walk(folder: string, root: string): Promise<void> {
    signal?.throwIfAborted()
    const real = await realpath(folder)
    if (visited.has(real)) return
    visited.add(real)
    const folders: string[] = []
    await guarded(folder, async () => {
      for await (const entry of await opendir(folder)) {
        const path = join(folder, entry.name)
        await guarded(path, async () => {
          if ((await look(entry, path, root)) === 'folder') folders.push(path)
        })
      }
    })
    onFound?.(candidates.size)
    if (recursive) for (const path of folders) await guarded(path, () => walk(path, root))
  }

  async function look(entry: Dirent, path: string, root: string): Promise<'folder' | undefined> {
    const mayBeModel = isModelName(entry.name)
    if (entry.name.includes('\u{fffd}') && (await isMisnamed(path))) {
      if (entry.isDirectory() || mayBeModel) throw new Misnamed()
      return undefined
    }
    if (entry.isFile() && !mayBeModel) return undefined
    const kind = entry.isSymbolicLink() ? await stat(path).catch(unlessLeadsNowhere) : entry
    const isFolder = kind?.isDirectory() ?? false
    if (!isFolder && !mayBeModel) return undefined
    const pattern = exclusion(root, path)
    if (pattern !== undefined) {
      excluded.set(pattern, (excluded.get(pattern) ?? 0) + 1)
      return undefined
    }
    if (isFolder) return 'folder'
    if (kind?.isFile()) candidates.add(path)
    else unreadable.push({ path, message: kind ? 'It is not a regular file.' : 'It is a link that leads nowhere.' })
    return undefined
  }

  async function guarded(path: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      signal?.throwIfAborted()
      unreadable.push({ path, message: pathSentence(error) })
    }
  }

  for (const path of paths.map((one) => resolve(one))) {
    await guarded(path, async () => {
      if ((await stat(path)).isDirectory()) await walk(path, path)
      else candidates.add(path)
    })
  }
  return { candidates: [...candidates].sort(compareCandidates), unreadable, excluded }
}

/** Whether a path is a folder or lies in it. */
export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

class Misnamed extends Error {
  constructor() {
    super('Its name is not valid UTF-8, so it cannot be opened; � stands for the bytes that are not. Rename it first.')
  }
}

/** What a system error about a path means to a person. */
export function pathSentence(error: unknown): string {
  switch (errorCode(error)) {
    case 'ENOENT':
      return 'It no longer exists.'
    case 'EACCES':
    case 'EPERM':
      return 'Permission denied: it cannot be read.'
    case 'ELOOP':
      return 'It is a symbolic link loop.'
    case 'EIO':
      return 'The disk returned an I/O error (EIO).'
    default:
      return error instanceof Error ? error.message : String(error)
  }
}

/** A name that was decoded with a replacement leads nowhere. */
async function isMisnamed(path: string): Promise<boolean> {
  return lstat(path).then(
    () => false,
    (error: unknown) => errorCode(error) === 'ENOENT',
  )
}

function unlessLeadsNowhere(error: unknown): undefined {
  if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ENOTDIR') throw error
}
