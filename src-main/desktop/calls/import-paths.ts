import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { BridgeImport, ImportProgress, ImportResult } from '../../../src-contract/contract/desktop/bridge.ts'
import type { CabinetLink } from '../../link/link.ts'
import type { Supervisor } from '../../processes/supervisor.ts'

/** Files copied at the same time: more does not make a disk quicker. */
const AT_ONCE = 4

/** Of a cabinet that ended nobody knows whether it had kept the file already. */
const LOST =
  'The cabinet process ended while the import was being cancelled. Models imported until then are in the library.'

/** Has the cabinet import files by their paths; one result a file, in the order given. */
export async function importPaths(
  cabinet: Supervisor<CabinetLink>,
  { id, paths, catalogue, names = {} }: BridgeImport,
  signal: AbortSignal,
  onProgress: (progress: ImportProgress) => void,
): Promise<ImportResult[]> {
  const results: ImportResult[] = []
  const queue = [...paths.entries()]

  async function importOne(path: string): Promise<ImportResult> {
    const name = names[path]
    const file = { path, ...(name !== undefined && { name }), ...(catalogue !== undefined && { catalogue }) }
    const attempt = async () =>
      (await cabinet.get()).importFile(file, signal, (progress) => onProgress({ id, path, ...progress }))
    try {
      // A cabinet that ended meanwhile is back soon; what it kept already is then recognised by its bytes.
      return await attempt().catch((error: unknown) => {
        if (isLost(error) && !signal.aborted) return attempt()
        throw error
      })
    } catch (error) {
      const about = { path, name: path.split(/[\\/]/).at(-1) ?? path }
      if (signal.aborted && isLost(error)) return { ...about, outcome: 'refused', message: LOST }
      if (signal.aborted) return { ...about, outcome: 'cancelled', message: 'Cancelled. Nothing was imported.' }
      return { ...about, outcome: 'refused', message: error instanceof Error ? error.message : String(error) }
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

function isLost(error: unknown): boolean {
  return error instanceof Problem && error.code === 'unavailable'
}
