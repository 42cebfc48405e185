import { stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { Inspection } from '../../../src-contract/inspection.ts'
import { Problem } from '../../../src-contract/problem.ts'
import type { FileStore } from '../../files/file-store.ts'
import { hashFile } from '../../files/hash-file.ts'
import { stagePath } from '../../files/stage-path.ts'
import type { FunctionFile } from '../../store/download-repository.ts'
import type { Repositories } from '../../store/repositories.ts'
import { safeFileName } from '../functions/file-name.ts'
import {
  EXTERNAL_DATA_TYPE,
  ONNX_TYPE,
  type PreparedFile,
  type PreparedModel,
  prepareBundle,
} from '../functions/prepare-model.ts'
import type { StructureReader } from '../structure-reader.ts'

/** A file of this machine, read and ready to become a function, or already one. */
export type PreparedPath = { outcome: 'new'; model: PreparedModel } | { outcome: 'present'; uuid: string }

type Parts = { files: FileStore; repositories: Repositories; reader: StructureReader; limit: number }
type Mode = 'copy' | 'reference'

/**
 * Reads a model where it lies, with the external data beside it, and copies it or notes where it is. Archives are always copied, since
 * what is in them cannot be used in place.
 * @throws Problem `invalid` where it is no readable model; the system's own errors.
 */
export async function preparePath(path: string, mode: Mode, parts: Parts, signal: AbortSignal): Promise<PreparedPath> {
  const { files, repositories } = parts
  const absolute = resolve(path)
  const { size, mtimeMs, isFile } = await lookAt(absolute)
  if (!isFile) throw new Problem('invalid', 'It is no ordinary file.')
  const known = mode === 'reference' ? repositories.downloads.referencedAt(absolute) : undefined
  if (known && known.size === size && known.modifiedAt === mtimeMs) {
    const [uuid] = repositories.functions.withFile(known.sha256)
    if (uuid !== undefined) return { outcome: 'present', uuid }
  }
  if (/\.zip$/i.test(absolute)) return prepareArchive(absolute, parts, signal)
  const title = safeFileName(basename(absolute), 'model.onnx')
  const file = await take(absolute, { role: 'model', name: title, location: null, mimeType: ONNX_TYPE }, mode)
  const taken: PreparedFile[] = [file]
  try {
    const [uuid] = repositories.functions.withFile(file.sha256)
    if (uuid !== undefined) {
      await file.staged?.discard()
      return { outcome: 'present', uuid }
    }
    const folder = dirname(absolute)
    const readFrom = file.staged?.path ?? absolute
    const inspection = await parts.reader.inspect(readFrom, { fileName: title, external: { folder }, signal })
    for (const location of presentIn(inspection)) {
      const name = safeFileName(location, 'data')
      const external = { role: 'external', name, location, mimeType: EXTERNAL_DATA_TYPE } as const
      taken.push(await take(join(folder, location), external, mode))
    }
    return { outcome: 'new', model: { inspection: { ...inspection, FileSha256: file.sha256 }, files: taken, title } }
  } catch (error) {
    await Promise.all(taken.map(({ staged }) => staged?.discard()))
    throw error
  }

  async function take(
    from: string,
    about: Pick<FunctionFile, 'role' | 'name' | 'location' | 'mimeType'>,
    how: Mode,
  ): Promise<PreparedFile> {
    if (how === 'copy') {
      const staged = await stagePath(files.incoming, from, { signal })
      return { ...about, size: staged.size, sha256: staged.sha256, place: { kind: 'stored' }, staged }
    }
    const before = await lookAt(from)
    const sha256 = await hashFile(from, { signal })
    const after = await lookAt(from)
    if (after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
      throw new Problem('invalid', 'It was changed while it was read.')
    }
    return { ...about, size: after.size, sha256, place: { kind: 'referenced', path: from, modifiedAt: after.mtimeMs } }
  }
}

async function prepareArchive(
  path: string,
  { files, repositories, reader, limit }: Parts,
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
    return { outcome: 'new', model: await prepareBundle(bundle, { reader, directory: files.incoming, limit, signal }) }
  } catch (error) {
    await staged.discard()
    throw error
  }
}

function presentIn({ External }: Inspection): string[] {
  return External.filter(({ State }) => State === 'present').map(({ Location }) => Location)
}

async function lookAt(path: string): Promise<{ size: number; mtimeMs: number; isFile: boolean }> {
  const status = await stat(path)
  return { size: status.size, mtimeMs: status.mtimeMs, isFile: status.isFile() }
}
