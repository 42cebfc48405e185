import { opendir, realpath, stat } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { isModelName } from '../../../src-contract/util/model-file-types.ts'
import { errorCode } from '../../files/disk-problem.ts'

/** Something that could not be looked into. */
export type Unreadable = { path: string; message: string }

/** Models come before other files that were named, which may be their data; then by path. */
export function compareCandidates(a: string, b: string): number {
  return Number(isModelName(b)) - Number(isModelName(a)) || (a < b ? -1 : a > b ? 1 : 0)
}

type Options = {
  recursive: boolean
  signal: AbortSignal
  /** A folder that is never looked into: the cabinet's own. */
  except: string
  /** Told how many were found so far. */
  onFound?: (count: number) => void
}

/**
 * Every file that is named, and every `.onnx` and archive in the folders that are, absolute and in the order of `compareCandidates`, so that
 * a place in the list stays the same place when files come and go. Symbolic links are followed, each folder once.
 */
export async function findCandidates(
  paths: readonly string[],
  { recursive, signal, except, onFound }: Options,
): Promise<{ candidates: string[]; unreadable: Unreadable[] }> {
  const candidates = new Set<string>()
  const unreadable: Unreadable[] = []
  const visited = new Set<string>([await realpath(except).catch(() => except)])

  async function walk(folder: string): Promise<void> {
    signal.throwIfAborted()
    const real = await realpath(folder)
    if (visited.has(real)) return
    visited.add(real)
    const folders: string[] = []
    for await (const entry of await opendir(folder)) {
      const path = join(folder, entry.name)
      const kind = entry.isSymbolicLink() ? await kindOf(path) : entry
      if (kind?.isDirectory()) folders.push(path)
      else if (kind?.isFile() && isModelName(entry.name)) candidates.add(path)
    }
    onFound?.(candidates.size)
    if (recursive) for (const path of folders) await guarded(path, () => walk(path))
  }

  async function guarded(path: string, look: () => Promise<void>): Promise<void> {
    try {
      await look()
    } catch (error) {
      signal.throwIfAborted()
      unreadable.push({ path, message: sentenceOf(error) })
    }
  }

  for (const path of paths.map((one) => resolve(one))) {
    await guarded(path, async () => {
      if ((await stat(path)).isDirectory()) await walk(path)
      else candidates.add(path)
    })
  }
  return { candidates: [...candidates].sort(compareCandidates), unreadable }
}

/** Whether a path is a folder or lies in it. */
export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

/** What a system error about a path means to a person. */
export function sentenceOf(error: unknown): string {
  switch (errorCode(error)) {
    case 'ENOENT':
      return 'It no longer exists.'
    case 'EACCES':
    case 'EPERM':
      return 'Permission denied: it cannot be read.'
    case 'ELOOP':
      return 'It is a symbolic link loop.'
    default:
      return error instanceof Error ? error.message : String(error)
  }
}

/** What a link leads to; undefined where it leads nowhere. */
async function kindOf(path: string) {
  return stat(path).catch(() => undefined)
}
