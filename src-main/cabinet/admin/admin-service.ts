import type { Readable } from 'node:stream'
import type { Health } from '../../../src-contract/contract/admin/admin.ts'
import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'

/** What tells of a cabinet's health and carries it elsewhere; long work is a job (see `JobService.start…`). */
export type AdminService = {
  health(): Promise<Health>
  /**
   * The whole cabinet, or the functions with these UUIDs, as one zip archive, as it stands at this moment: rows as JSON, files by SHA-256, history included, secrets not.
   * Whoever gets the stream reads it to its end or destroys it.
   */
  export(only?: readonly string[]): { fileName: string; stream: Readable }
  /**
   * Reads what a model file of this machine says of itself, without taking it in.
   * @throws Problem `invalid` with a sentence about the file or the path.
   */
  inspect(path: string, context: { signal?: AbortSignal }): Promise<Inspection>
}
