import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import type { StagedFile } from '../../files/staged-file.ts'
import type { CardReading } from '../../reader/tasks/card-tasks.ts'
import { placeOf } from '../../store/content-digest.ts'
import type { FunctionFile } from '../../store/repositories/download-repository.ts'
import type { StructureReader } from '../reports/report-reader.ts'
import { safeFileName } from './file-name.ts'

/**
 * A file that is to belong to a function; `staged` where its bytes are still to be kept, `card` what it says as a model card. Its name may yet
 * be taken.
 */
export type PreparedFile = FunctionFile & { staged?: StagedFile; card?: CardReading }

/** A model that was read and can become a function's. `title` is the name of the file that it came as. */
export type PreparedModel = { inspection: Inspection; files: PreparedFile[]; title: string }

export const ONNX_TYPE = 'application/x-onnx'
export const EXTERNAL_DATA_TYPE = 'application/octet-stream; source=external'

export function stagedFile(
  staged: StagedFile,
  role: FunctionFile['role'],
  name: string,
  mimeType: string,
): PreparedFile & { staged: StagedFile } {
  const { size, sha256 } = staged
  return { role, name, mimeType, size, sha256, location: null, place: { kind: 'stored' }, staged }
}

export const modelFile = (staged: StagedFile, name: string) => stagedFile(staged, 'model', name, ONNX_TYPE)

export function externalFile(staged: StagedFile, location: string): PreparedFile {
  return { ...stagedFile(staged, 'external', safeFileName(location, 'data'), EXTERNAL_DATA_TYPE), location }
}

/** The report of a model that is staged. */
export async function readModel(
  reader: StructureReader,
  { staged, sha256 }: PreparedFile & { staged: StagedFile },
  options: Parameters<StructureReader['inspect']>[1],
): Promise<Inspection> {
  return { ...(await reader.inspect(staged.path, options)), FileSha256: sha256 }
}

/** The files that a model names as external data and that can be used, by their place next to the model: only these are kept with it. */
export function presentFiles({ External }: Inspection): Set<string> {
  return new Set(External.filter(({ State }) => State === 'present').map(({ Location }) => placeOf(Location)))
}
