import { readdir, readFile, stat } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { hubPlace } from '../../../src-contract/words/hub-place.ts'

/** A commit has 40 digits. */
const LONGEST_REF = 100

/**
 * Leaves out the models of Hugging Face's cache that are of another revision than those at which its branches and tags are. What was named
 * itself stays, and so does all of a repository that has none.
 */
export async function currentSnapshots(candidates: readonly string[], named: readonly string[]): Promise<string[]> {
  const roots = new Set(named.map((path) => resolve(path)))
  const known = new Map<string, Promise<Set<string>>>()
  const kept = candidates.map(async (path) => {
    const place = hubPlace(path.split(sep).join('/'))
    if (!place || roots.has(path)) return [path]
    const [repository = ''] = path.split(`${sep}snapshots${sep}`)
    const reading = known.get(repository) ?? readRefs(join(repository, 'refs'))
    known.set(repository, reading)
    const current = await reading
    return current.size === 0 || current.has(place.revision) ? [path] : []
  })
  return (await Promise.all(kept)).flat()
}

/** The commits of a repository's branches and tags. */
async function readRefs(folder: string): Promise<Set<string>> {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  const commits = names.map(async (name) => {
    const status = await stat(join(folder, name)).catch(() => undefined)
    if (!status?.isFile() || status.size > LONGEST_REF) return []
    return [(await readFile(join(folder, name), 'utf8').catch(() => '')).trim()]
  })
  return new Set((await Promise.all(commits)).flat().filter((commit) => commit !== ''))
}
