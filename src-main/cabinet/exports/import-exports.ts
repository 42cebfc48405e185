import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { JobRun } from '../jobs/job-definition.ts'
import { type ExportOutcome, type ExportParts, importExport, noOutcome } from './import-export.ts'
import { type OpenExport, openExport } from './open-export.ts'

/** `paths` are those of the exports among what was asked for, whatever became of them. */
export type ImportedExports = ExportOutcome & { paths: Set<string> }

/**
 * Takes in the archives that are exports of a cabinet, one after the other; other files are left to whoever imports models.
 * @throws Problem where nothing more can be kept, such as `storage-full`
 */
export async function importExports(
  paths: readonly string[],
  parts: ExportParts,
  job: Pick<JobRun<unknown>, 'caller' | 'signal' | 'failure' | 'progress' | 'breathe'>,
): Promise<ImportedExports> {
  const outcome: ImportedExports = { paths: new Set(), ...noOutcome() }
  for (const path of paths) {
    if (!/\.zip$/i.test(path)) continue
    let source: OpenExport | undefined
    try {
      source = await openExport(path, parts, job.signal)
      if (!source) continue
      await importExport(source, parts, job, outcome)
    } catch (error) {
      job.signal.throwIfAborted()
      if (!(error instanceof Problem) || error.status >= 500) throw error
      outcome.refused++
      job.failure(path, error.message)
    } finally {
      await source?.close()
    }
    outcome.paths.add(path)
  }
  return outcome
}
