import { stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { isArchiveName, isModelName } from '../../../src-contract/util/model-file-types.ts'
import { type ArchiveKind, archiveKind } from '../../files/archive/open-archive.ts'
import { hashSteadily, lookAt } from '../../files/file-look.ts'
import type { FileStore } from '../../files/file-store.ts'
import { stagePath } from '../../files/stage-path.ts'
import { locateNextToModel } from '../../onnx/decode/external-data.ts'
import type { FunctionFile } from '../../store/repositories/download-repository.ts'
import type { ReferenceRepository } from '../../store/repositories/reference-repository.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'
import type { CompanionFinder } from '../companions/find-companions.ts'
import { prepareCompanions } from '../companions/prepare-companions.ts'
import { safeFileName } from '../functions/file-name.ts'
import { prepareArchive } from '../functions/prepare-archive.ts'
import { withOriginal } from '../functions/prepare-model.ts'
import {
  EXTERNAL_DATA_TYPE,
  ONNX_TYPE,
  type PreparedFile,
  type PreparedModel,
  presentFiles,
} from '../functions/prepared-files.ts'
import type { StructureReader } from '../reports/report-reader.ts'

export type ImportMode = 'copy' | 'reference'

/**
 * A file of this machine, looked at: a model that was read; one of which a look told that it is what a function has; or a part of
 * a function's model. One of several models in an archive has a path of its own, which begins with that of the archive.
 */
export type PreparedPath = (
  | { outcome: 'read'; model: PreparedModel }
  | { outcome: 'present'; uuid: string; companions?: PreparedFile[] }
  | { outcome: 'part'; uuid: string }
  | { outcome: 'refused'; message: string }
) & { path?: string }

export type PrepareParts = {
  files: FileStore
  repositories: Repositories
  references: ReferenceRepository
  reader: StructureReader
  companions: CompanionFinder
  /** Most bytes that an archive may unpack to. */
  limit: () => number
}

/**
 * Reads a model where it lies, with the external data beside it, and copies it or notes where it is. What is in an archive is always
 * copied, since it cannot be used in place.
 * @param path absolute
 * @throws Problem `invalid` where it is no readable model; the system's own errors. Nothing is left behind then.
 */
export async function preparePath(
  path: string,
  mode: ImportMode,
  parts: PrepareParts,
  signal: AbortSignal,
): Promise<PreparedPath[]> {
  if (!(await stat(path)).isFile()) throw new Problem('invalid', 'It is not a regular file.')
  const owner = isModelName(path) ? undefined : ownerOf(path, parts.references)
  if (owner !== undefined) return [{ outcome: 'part', uuid: owner }]
  const kind = isArchiveName(path) ? await archiveKind(path) : undefined
  if (kind !== undefined) return prepareModels(path, kind, parts, signal)
  if (mode === 'reference') {
    for (const uuid of parts.references.modelsAt(path)) {
      if (await isUnchanged(parts.repositories, uuid)) {
        return [{ outcome: 'present', uuid, companions: await newCompanions(path, uuid, parts, signal) }]
      }
    }
  }
  const title = safeFileName(basename(path), 'model.onnx')
  const taken: PreparedFile[] = []
  const finder = parts.companions
  try {
    const model = await takeFile(path, { role: 'model', name: title, location: null, mimeType: ONNX_TYPE })
    taken.push(model)
    const readFrom = model.staged?.path ?? path
    const inspection = await parts.reader.inspect(readFrom, { fileName: title, external: { nextTo: path }, signal })
    for (const location of presentFiles(inspection)) taken.push(await takeExternal(location))
    const external = inspection.External.map(({ Location }) => Location)
    taken.push(
      ...(await prepareCompanions(path, {
        finder,
        reader: parts.reader,
        directory: parts.files.incoming,
        external,
        signal,
      })),
    )
    if (model.place.kind === 'referenced' && (await lookAt(path))?.stamp !== model.place.stamp) {
      throw new Problem('invalid', 'It changed while it was being read.')
    }
    return [
      { outcome: 'read', model: { inspection: { ...inspection, FileSha256: model.sha256 }, files: taken, title } },
    ]
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

/** The companions at a model's first place that are other than those of the function. */
async function newCompanions(
  path: string,
  uuid: string,
  { companions: finder, reader, files, repositories, references }: PrepareParts,
  signal: AbortSignal,
): Promise<PreparedFile[]> {
  const stored = repositories.functions.find(uuid)
  if (!stored || references.pathsOf(stored.id)[0] !== path) return []
  const known = repositories.downloads.list(stored.id)
  const named = repositories.inspections.externalFiles(stored.id) ?? []
  const external = named.map(({ location }) => location)
  return prepareCompanions(path, { finder, reader, directory: files.incoming, external, known, signal })
}

async function prepareModels(
  path: string,
  kind: ArchiveKind,
  { files, repositories, reader, limit }: PrepareParts,
  signal: AbortSignal,
): Promise<PreparedPath[]> {
  const archive = await stagePath(files.incoming, path, { signal })
  try {
    const [uuid] = repositories.functions.withArchive(archive.sha256)
    const options = { reader, directory: files.incoming, limit: limit(), signal }
    const found = uuid === undefined ? await prepareArchive(archive.path, options) : []
    const [one, ...others] = found
    if (one && others.length === 0) {
      if ('refusal' in one) throw one.refusal
      return [{ outcome: 'read', model: withOriginal(one.model, { ...archive, fileName: basename(path) }, kind) }]
    }
    await archive.discard()
    if (uuid !== undefined) return [{ outcome: 'present', uuid }]
    return found.map((one): PreparedPath => {
      const inside = join(path, one.path)
      if ('refusal' in one) return { outcome: 'refused', path: inside, message: one.refusal.message }
      return { outcome: 'read', path: inside, model: one.model }
    })
  } catch (error) {
    await archive.discard()
    throw error
  }
}
