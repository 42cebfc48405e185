import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { JobRun } from '../jobs/job-definition.ts'
import { type ExportParts, importExport } from './import-export.ts'
import { type OpenExport, openExport } from './open-export.ts'

/** `paths` are those of the exports among what was asked for, whatever became of them. */
export type ImportedExports = { paths: Set<string>; imported: string[]; present: number; refused: number }

/**
 * Takes in the archives that are exports of a cabinet, one after the other; other files are left to whoever imports models.
 * @throws Problem where nothing more can be kept, such as `storage-full`
 */
export async function importExports(
  paths: readonly string[],
  parts: ExportParts,
  job: Pick<JobRun<unknown>, 'caller' | 'signal' | 'failure' | 'progress' | 'breathe'>,
): Promise<ImportedExports> {
  const outcome: ImportedExports = { paths: new Set(), imported: [], present: 0, refused: 0 }
  for (const path of paths) {
    const source = await openedExport(path)
    if (!source) continue
    outcome.paths.add(path)
    try {
      const { imported, present } = await importExport(source, parts, job)
      outcome.imported.push(...imported)
      outcome.present += present
    } catch (error) {
      job.signal.throwIfAborted()
      if (!(error instanceof Problem) || error.status >= 500) throw error
      outcome.refused++
      job.failure(path, error.message)
    } finally {
      source.close()
    }
  }
  return outcome
}

/** A damaged archive is refused where it is read as a bundle, with a sentence about it. */
async function openedExport(path: string): Promise<OpenExport | undefined> {
  if (!/\.zip$/i.test(path)) return undefined
  return openExport(path).catch(() => undefined)
}
