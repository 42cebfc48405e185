import type { Readable } from 'node:stream'
import type { Health } from '../../src-contract/admin.ts'

/** What tells of a cabinet's health and carries it elsewhere; long work is a job (see `JobService.start…`). */
export type AdminService = {
  health(): Promise<Health>
  /**
   * The whole cabinet as one zip archive, as it stands at this moment: rows as JSON, files by SHA-256, history included, secrets not.
   * Whoever gets the stream reads it to its end or destroys it.
   */
  export(): { fileName: string; stream: Readable }
}
