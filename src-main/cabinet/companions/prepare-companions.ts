import { companionType, isCardName } from '../../../src-contract/util/companion-names.ts'
import { hashFile } from '../../files/hash-file.ts'
import { stagePath } from '../../files/stage-path.ts'
import type { StagedFile } from '../../files/staged-file.ts'
import type { FunctionFile } from '../../store/repositories/download-repository.ts'
import type { PreparedFile } from '../functions/prepared-files.ts'
import type { StructureReader } from '../reports/report-reader.ts'
import type { CompanionFinder } from './find-companions.ts'

type Options = {
  finder: CompanionFinder
  reader: Pick<StructureReader, 'card'>
  /** Folder for the copies. */
  directory: string
  /** Locations of the model's external data. */
  external?: readonly string[]
  /** What the function has already is not prepared again. */
  known?: readonly FunctionFile[]
  signal: AbortSignal
}

/** Copies the companions of a model of this machine: they are small, so they are kept also where the model stays in place. */
export async function prepareCompanions(modelPath: string, options: Options): Promise<PreparedFile[]> {
  const { finder, reader, directory, external, known = [], signal } = options
  const prepared: PreparedFile[] = []
  try {
    for (const { name, path, size } of await finder.of(modelPath, external)) {
      const same = known.find((file) => file.role === 'companion' && file.name === name && file.size === size)
      if (same && (await hashFile(path, { signal }).catch(() => undefined)) === same.sha256) continue
      const staged = await stagePath(directory, path, { signal }).catch(unlessAway)
      if (!staged) continue
      prepared.push(await companionOf(staged, name, reader, signal))
    }
    return prepared
  } catch (error) {
    await Promise.all(prepared.map(({ staged }) => staged?.discard()))
    throw error
  }
}

/** A received file as a companion; of a model card, with what it says. */
export async function companionOf(
  staged: StagedFile,
  name: string,
  reader: Pick<StructureReader, 'card'>,
  signal?: AbortSignal,
): Promise<PreparedFile> {
  const { path, size, sha256 } = staged
  const about = { role: 'companion', name, location: null, mimeType: companionType(name) } as const
  const card = isCardName(name) ? { card: await reader.card(path, name, signal) } : {}
  return { ...about, size, sha256, place: { kind: 'stored' }, staged, ...card }
}

/** A companion that went or cannot be read does not keep its model from being imported. */
function unlessAway(error: unknown): undefined {
  if (error instanceof Error && 'syscall' in error) return undefined
  throw error
}
