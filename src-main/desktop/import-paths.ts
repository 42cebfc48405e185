import type { ImportProgress, ImportRequest, ImportResult } from '../../src-contract/bridge.ts'
import { Problem } from '../../src-contract/problem.ts'
import type { Door } from '../door/door.ts'
import type { Supervisor } from '../processes/supervisor.ts'

/** Files copied at the same time: more does not make a disk quicker. */
const AT_ONCE = 4

/** Has the cabinet import files by their paths; one result a file, in the order given. */
export async function importPaths(
  cabinet: Supervisor<Door>,
  { id, paths, catalogue }: ImportRequest,
  signal: AbortSignal,
  onProgress: (progress: ImportProgress) => void,
): Promise<ImportResult[]> {
  const results: ImportResult[] = []
  const queue = [...paths.entries()]

  async function importOne(path: string): Promise<ImportResult> {
    const file = { path, ...(catalogue !== undefined && { catalogue }) }
    const attempt = async () =>
      (await cabinet.get()).importFile(file, signal, (progress) => onProgress({ id, path, ...progress }))
    try {
      // A cabinet that ended meanwhile is back soon; what it kept already is then recognised by its bytes.
      return await attempt().catch((error: unknown) => {
        if (error instanceof Problem && error.code === 'unavailable' && !signal.aborted) return attempt()
        throw error
      })
    } catch (error) {
      const name = path.split(/[\\/]/).at(-1) ?? path
      if (signal.aborted) return { path, name, outcome: 'cancelled', message: 'Cancelled; nothing was kept.' }
      return { path, name, outcome: 'refused', message: error instanceof Error ? error.message : String(error) }
    }
  }

  async function work(): Promise<void> {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, path] = next
      results[index] = await importOne(path)
    }
  }

  await Promise.all(Array.from({ length: Math.min(AT_ONCE, paths.length) }, work))
  return results
}
