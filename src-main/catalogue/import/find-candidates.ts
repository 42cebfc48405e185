import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode } from '../../files/disk-problem.ts'

/** A file that may hold a model; `named` where the person named it, not only a folder around it. */
export type Candidate = { path: string; named: boolean }

/** Something that could not be looked into. */
export type Unreadable = { path: string; message: string }

const models = /\.(onnx|zip)$/i

/**
 * Every file that is named, and every `.onnx` and `.zip` in the folders that are, in a stable order. Symbolic links to folders are not
 * followed, for they may lead in circles.
 */
export async function findCandidates(
  paths: readonly string[],
  { recursive, signal }: { recursive: boolean; signal: AbortSignal },
): Promise<{ candidates: Candidate[]; unreadable: Unreadable[] }> {
  const candidates: Candidate[] = []
  const unreadable: Unreadable[] = []

  async function walk(folder: string, depth: 'this' | 'below'): Promise<void> {
    signal.throwIfAborted()
    const entries = await readdir(folder, { withFileTypes: true })
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name)
      if (entry.isDirectory() && depth === 'below') await guarded(path, () => walk(path, depth))
      else if (models.test(entry.name) && (entry.isFile() || (entry.isSymbolicLink() && (await isFile(path))))) {
        candidates.push({ path, named: false })
      }
    }
  }

  async function guarded(path: string, look: () => Promise<void>): Promise<void> {
    try {
      await look()
    } catch (error) {
      signal.throwIfAborted()
      unreadable.push({ path, message: sentenceOf(error) })
    }
  }

  for (const path of paths) {
    await guarded(path, async () => {
      if ((await stat(path)).isDirectory()) await walk(path, recursive ? 'below' : 'this')
      else candidates.push({ path, named: true })
    })
  }
  const seen = new Set<string>()
  return { candidates: candidates.filter(({ path }) => !seen.has(path) && seen.add(path)), unreadable }
}

/** What a system error about a path means to a person. */
export function sentenceOf(error: unknown): string {
  switch (errorCode(error)) {
    case 'ENOENT':
      return 'It is not there any more.'
    case 'EACCES':
    case 'EPERM':
      return 'It may not be read by this program.'
    default:
      return error instanceof Error ? error.message : String(error)
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (status) => status.isFile(),
    () => false,
  )
}
