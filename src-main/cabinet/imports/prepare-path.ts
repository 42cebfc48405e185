import { stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import type { FileStore } from '../../files/file-store.ts'
import { hashFile } from '../../files/hash-file.ts'
import { stagePath } from '../../files/stage-path.ts'
import type { FunctionFile } from '../../store/repositories/download-repository.ts'
import type { ReferenceRepository } from '../../store/repositories/reference-repository.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'
import { safeFileName } from '../functions/file-name.ts'
import {
  EXTERNAL_DATA_TYPE,
  ONNX_TYPE,
  type PreparedFile,
  type PreparedModel,
  prepareBundle,
} from '../functions/prepare-model.ts'
import type { StructureReader } from '../reports/report-reader.ts'
import { duplicateByFile } from './find-duplicate.ts'

export type ImportMode = 'copy' | 'reference'

/**
 * A file of this machine, looked at: a model to add; one that a function already has; or the new content of the file that a function
 * uses where it lies (`uuid`).
 */
export type PreparedPath =
  | { outcome: 'new'; model: PreparedModel }
  | { outcome: 'present'; uuid: string }
  | { outcome: 'changed'; model: PreparedModel; uuid: string }

export type PrepareParts = {
  files: FileStore
  repositories: Repositories
  references: ReferenceRepository
  reader: StructureReader
  /** Most bytes that an archive may unpack to. */
  limit: () => number
}

/**
 * Reads a model where it lies, with the external data beside it, and copies it or notes where it is. Archives are always copied, since
 * what is in them cannot be used in place.
 * @param path absolute
 * @throws Problem `invalid` where it is no readable model; the system's own errors. Nothing is left behind then.
 */
export async function preparePath(
  path: string,
  mode: ImportMode,
  parts: PrepareParts,
  signal: AbortSignal,
): Promise<PreparedPath> {
  const { repositories, references } = parts
  const status = await stat(path)
  if (!status.isFile()) throw new Problem('invalid', 'It is not a regular file.')
  if (/\.zip$/i.test(path)) return prepareArchive(path, parts, signal)

  const known = mode === 'reference' ? references.modelAt(path) : undefined
  const whole = known && isWhole(repositories, known.uuid) ? known : undefined
  if (whole?.size === status.size && whole.modifiedAt === status.mtimeMs) {
    return { outcome: 'present', uuid: whole.uuid }
  }
  const title = safeFileName(basename(path), 'model.onnx')
  const file = await takeFile(path, { role: 'model', name: title, location: null, mimeType: ONNX_TYPE }, mode)
  try {
    if (whole?.sha256 === file.sha256 && file.place.kind === 'referenced') {
      references.touch(path, file.sha256, file.place.modifiedAt)
      return { outcome: 'present', uuid: whole.uuid }
    }
    const duplicate = duplicateByFile(repositories, file.sha256)
    if (duplicate && !duplicate.lost && !known) {
      await file.staged?.discard()
      return { outcome: 'present', uuid: duplicate.uuid }
    }
    const model = await readModel(path, file, title)
    return known ? { outcome: 'changed', model, uuid: known.uuid } : { outcome: 'new', model }
  } catch (error) {
    await file.staged?.discard()
    throw error
  }

  async function readModel(from: string, model: PreparedFile, name: string): Promise<PreparedModel> {
    const folder = dirname(from)
    const readFrom = model.staged?.path ?? from
    const inspection = await parts.reader.inspect(readFrom, { fileName: name, external: { folder }, signal })
    const external = await takeExternal(folder, presentIn(inspection))
    return { inspection: { ...inspection, FileSha256: model.sha256 }, files: [model, ...external], title: name }
  }

  async function takeExternal(folder: string, locations: readonly string[]): Promise<PreparedFile[]> {
    const taken: PreparedFile[] = []
    try {
      for (const location of locations) {
        const name = safeFileName(location, 'data')
        const about = { role: 'external', name, location, mimeType: EXTERNAL_DATA_TYPE } as const
        taken.push(await takeFile(join(folder, location), about, mode))
      }
      return taken
    } catch (error) {
      await Promise.all(taken.map(({ staged }) => staged?.discard()))
      throw error
    }
  }

  async function takeFile(
    from: string,
    about: Pick<FunctionFile, 'role' | 'name' | 'location' | 'mimeType'>,
    how: ImportMode,
  ): Promise<PreparedFile> {
    if (how === 'copy') {
      const staged = await stagePath(parts.files.incoming, from, { signal })
      return { ...about, size: staged.size, sha256: staged.sha256, place: { kind: 'stored' }, staged }
    }
    const before = await stat(from)
    const sha256 = await hashFile(from, { signal })
    const after = await stat(from)
    if (after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
      throw new Problem('invalid', 'It changed while it was being read.')
    }
    return { ...about, size: after.size, sha256, place: { kind: 'referenced', path: from, modifiedAt: after.mtimeMs } }
  }
}

/** Whether all external data that a function's model names is there. */
function isWhole({ functions, inspections }: Repositories, uuid: string): boolean {
  const stored = functions.find(uuid)
  return (
    stored !== undefined && inspections.find(stored.id)?.External.every(({ State }) => State === 'present') === true
  )
}

async function prepareArchive(
  path: string,
  { files, repositories, reader, limit }: PrepareParts,
  signal: AbortSignal,
): Promise<PreparedPath> {
  const staged = await stagePath(files.incoming, path, { signal })
  try {
    const [uuid] = repositories.functions.withFile(staged.sha256)
    if (uuid !== undefined) {
      await staged.discard()
      return { outcome: 'present', uuid }
    }
    const bundle = { ...staged, fileName: basename(path) }
    const options = { reader, directory: files.incoming, limit: limit(), signal }
    return { outcome: 'new', model: await prepareBundle(bundle, options) }
  } catch (error) {
    await staged.discard()
    throw error
  }
}

function presentIn({ External }: Inspection): string[] {
  return External.filter(({ State }) => State === 'present').map(({ Location }) => Location)
}
