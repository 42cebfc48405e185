import type { FileStore } from '../../files/file-store.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'
import type { ChangeLog } from '../kernel/change-log.ts'
import type { StructureReader } from '../reports/report-reader.ts'
import type { FunctionChanges } from './function-changes.ts'
import type { FunctionWriter } from './function-writer.ts'

/** What the function service is made of. */
export type FunctionServiceParts = {
  changeLog: ChangeLog
  repositories: Repositories
  files: FileStore
  reader: StructureReader
  writer: FunctionWriter
  changes: FunctionChanges
  /** Most bytes that a file, and an archive unpacked, may have. */
  limit: () => number
  /** Told of functions whose model is new, once they are on disk. */
  onNewModel(uuid: string): void
  /** Told when files may have lost the last row that named them. */
  onPurged(): void
}
