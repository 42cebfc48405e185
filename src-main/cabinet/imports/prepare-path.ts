import { stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { hashSteadily, lookAt } from '../../files/file-look.ts'
import type { FileStore } from '../../files/file-store.ts'
import { stagePath } from '../../files/stage-path.ts'
import { locateNextToModel } from '../../onnx/decode/external-data.ts'
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
import { isModelName } from './find-candidates.ts'

export type ImportMode = 'copy' | 'reference'

/**
 * A file of this machine, looked at: a model that was read; one of which a look told that it is what a function has; or a part of
 * a function's model.
 */
export type PreparedPath =
  | { outcome: 'read'; model: PreparedModel }
  | { outcome: 'present'; uuid: string }
  | { outcome: 'part'; uuid: string }

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
  if (!(await stat(path)).isFile()) throw new Problem('invalid', 'It is not a regular file.')
  if (/\.zip$/i.test(path)) return prepareArchive(path, parts, signal)
  const owner = isModelName(path) ? undefined : ownerOf(path, parts.references)
  if (owner !== undefined) return { outcome: 'part', uuid: owner }
  if (mode === 'reference') {
    for (const uuid of parts.references.modelsAt(path)) {
      if (await isUnchanged(parts.repositories, uuid)) return { outcome: 'present', uuid }
    }
  }
  const title = safeFileName(basename(path), 'model.onnx')
  const taken: PreparedFile[] = []
  try {
    const before = await lookAt(path)
    const model = await takeFile(path, { role: 'model', name: title, location: null, mimeType: ONNX_TYPE })
    taken.push(model)
    const readFrom = model.staged?.path ?? path
    const inspection = await parts.reader.inspect(readFrom, { fileName: title, external: { nextTo: path }, signal })
    for (const location of presentIn(inspection)) taken.push(await takeExternal(location))
    if (mode === 'reference' && (await lookAt(path))?.stamp !== before?.stamp) {
      throw new Problem('invalid', 'It changed while it was being read.')
    }
    return { outcome: 'read', model: { inspection: { ...inspection, FileSha256: model.sha256 }, files: taken, title } }
  } catch (error) {
    await Promise.all(taken.map(({ staged }) => staged?.discard()))
    throw error
  }

  async function takeExternal(location: string): Promise<PreparedFile> {
    const about = {
      role: 'external',
      name: safeFileName(location, 'data'),
      location,
      mimeType: EXTERNAL_DATA_TYPE,
    } as const
    const found = locateNextToModel(path, location)
    if ('State' in found) throw new Problem('invalid', `${found.Message} It changed while the model was being read.`)
    return mode === 'copy' ? takeFile(found.realPath, about) : takeFile(join(dirname(path), location), about)
  }

  async function takeFile(
    from: string,
    about: Pick<FunctionFile, 'role' | 'name' | 'location' | 'mimeType'>,
  ): Promise<PreparedFile> {
    if (mode === 'copy') {
      const staged = await stagePath(parts.files.incoming, from, { signal })
      return { ...about, size: staged.size, sha256: staged.sha256, place: { kind: 'stored' }, staged }
    }
    const { size, sha256, modifiedAt, stamp } = await hashSteadily(from, { signal })
    return { ...about, size, sha256, place: { kind: 'referenced', path: from, modifiedAt, stamp } }
  }
}

/** The function whose model names a file as external data. */
function ownerOf(path: string, references: ReferenceRepository): string | undefined {
  return references.modelsNaming(path).flatMap((model) => references.foundAt(model))[0]
}

/** Whether all files of a function that stay where they are look as they did, and none that its model names is missing. */
async function isUnchanged({ functions, downloads }: Repositories, uuid: string): Promise<boolean> {
  const stored = functions.find(uuid)
  if (!stored || stored.item.ContentSha256 === null || stored.item.Status !== 'ok') return false
  for (const { place } of downloads.list(stored.id)) {
    if (place.kind === 'referenced' && (await lookAt(place.path))?.stamp !== place.stamp) return false
  }
  return true
}

async function prepareArchive(
  path: string,
  { files, repositories, reader, limit }: PrepareParts,
  signal: AbortSignal,
): Promise<PreparedPath> {
  const staged = await stagePath(files.incoming, path, { signal })
  try {
    const [uuid] = repositories.functions.withArchive(staged.sha256)
    if (uuid !== undefined) {
      await staged.discard()
      return { outcome: 'present', uuid }
    }
    const bundle = { ...staged, fileName: basename(path) }
    const options = { reader, directory: files.incoming, limit: limit(), signal }
    return { outcome: 'read', model: await prepareBundle(bundle, options) }
  } catch (error) {
    await staged.discard()
    throw error
  }
}

function presentIn({ External }: Inspection): string[] {
  return External.filter(({ State }) => State === 'present').map(({ Location }) => Location)
}
