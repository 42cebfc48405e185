import { open } from 'node:fs/promises'
import { posix } from 'node:path'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { isZip } from '../../files/archive.ts'
import type { StagedFile } from '../../files/staged-file.ts'
import { type UnpackedFile, unpackZip } from '../../files/unpack-zip.ts'
import { refusedLocation } from '../../onnx/decode/external-data.ts'
import type { FunctionFile } from '../../store/repositories/download-repository.ts'
import type { StructureReader } from '../reports/report-reader.ts'
import { safeFileName } from './file-name.ts'

/** A received part: `fileName` as the client sent it (only its last path segment is used, and only for display). */
export type UploadedFile = StagedFile & { fileName: string }
export type UploadedDownload = UploadedFile & { mimeType: string }

/**
 * The files of one request: the model (`.onnx` or `.zip`), the external-data files of an `.onnx` (`fileName` is where the model looks for
 * each), and files for other devices.
 */
export type UploadedFiles = { bundle?: UploadedFile; external?: UploadedFile[]; downloads?: UploadedDownload[] }

/** A file that is to belong to a function; `staged` where its bytes are still to be kept. Its name may yet be taken. */
export type PreparedFile = FunctionFile & { staged?: StagedFile }

/** A model that was read and can become a function's. `title` is the name of the file that it came as. */
export type PreparedModel = { inspection: Inspection; files: PreparedFile[]; title: string }

export const ONNX_TYPE = 'application/x-onnx'
const ORIGINAL_ZIP_TYPE = 'application/zip; source=original'
export const EXTERNAL_DATA_TYPE = 'application/octet-stream; source=external'

type Options = {
  reader: StructureReader
  /** Folder for what is unpacked. */
  directory: string
  /** Most bytes that an archive may unpack to. */
  limit: number
  signal?: AbortSignal | undefined
}

/**
 * Reads a bundle: an `.onnx` file with its external-data files, or a zip archive with exactly one and those that it names (contract.md 4).
 * Staged files of the answer are the caller's to keep or discard; where this throws, none but the bundle's own is left.
 * @param external their `fileName` is the location by which the model names each
 * @throws Problem `invalid` with field `bundle` or `external`.
 */
export async function prepareBundle(
  bundle: UploadedFile,
  options: Options,
  external: readonly UploadedFile[] = [],
): Promise<PreparedModel> {
  const title = safeFileName(bundle.fileName, 'model.onnx')
  if (!(await isArchive(bundle.path))) {
    const dataFiles = external.map((file) => externalFile(file, file.fileName))
    const prepared = await prepareModel(stagedFile(bundle, 'model', title, ONNX_TYPE), dataFiles, title, options)
    const strange = dataFiles.find((file) => !prepared.files.includes(file))
    if (strange) throw refused(`The model names no external file “${strange.location}”.`, undefined, 'external')
    return prepared
  }
  const unpacked = await ofBundle(unpackZip(bundle.path, options))
  try {
    const model = onlyModel(unpacked)
    const prepared = await prepareModel(
      stagedFile(model, 'model', safeFileName(model.archivePath, 'model.onnx'), ONNX_TYPE),
      externalFiles(model, unpacked),
      title,
      options,
    )
    const kept = new Set(prepared.files.map(({ staged }) => staged))
    await Promise.all(unpacked.filter((file) => !kept.has(file)).map((file) => file.discard()))
    return { ...prepared, files: [...prepared.files, stagedFile(bundle, 'original', title, ORIGINAL_ZIP_TYPE)] }
  } catch (error) {
    await Promise.all(unpacked.map((file) => file.discard()))
    throw error
  }
}

/** Reads a model with the files that came with it; of those, the answer has the ones that the model names. */
async function prepareModel(
  model: PreparedFile,
  dataFiles: readonly PreparedFile[],
  title: string,
  { reader, signal }: Pick<Options, 'reader' | 'signal'>,
): Promise<PreparedModel> {
  const path = model.staged?.path ?? (model.place.kind === 'referenced' ? model.place.path : undefined)
  if (path === undefined) throw new Error('A model that is already kept needs no preparing.')
  const external = dataFiles.flatMap(({ location, size }) => (location === null ? [] : [{ location, size }]))
  const report = await ofBundle(reader.inspect(path, { fileName: title, external, signal }))
  const named = new Set(report.External.map(({ Location }) => posix.normalize(Location)))
  return {
    inspection: { ...report, FileSha256: model.sha256 },
    files: [model, ...dataFiles.filter(({ location }) => location !== null && named.has(posix.normalize(location)))],
    title,
  }
}

/** Files for other devices, as the parts named `download` bring them. */
export function prepareDownloads(downloads: readonly UploadedDownload[]): PreparedFile[] {
  return downloads.map((file) => stagedFile(file, 'device', safeFileName(file.fileName, 'download'), file.mimeType))
}

function stagedFile(staged: StagedFile, role: FunctionFile['role'], name: string, mimeType: string): PreparedFile {
  const { size, sha256 } = staged
  return { role, name, mimeType, size, sha256, location: null, place: { kind: 'stored' }, staged }
}

function onlyModel(unpacked: readonly UnpackedFile[]): UnpackedFile {
  const [model, ...others] = unpacked.filter(({ archivePath }) => archivePath.toLowerCase().endsWith('.onnx'))
  if (!model) throw refused('The archive contains no .onnx file.')
  if (others.length > 0) {
    throw refused(`The archive contains ${others.length + 1} .onnx files; exactly one is expected.`)
  }
  return model
}

function externalFile(file: StagedFile, location: string): PreparedFile {
  return { ...stagedFile(file, 'external', safeFileName(location, 'data'), EXTERNAL_DATA_TYPE), location }
}

/** The archive's other files by their place next to the model, which is how the model names them. */
function externalFiles(model: UnpackedFile, unpacked: readonly UnpackedFile[]): PreparedFile[] {
  const folder = posix.dirname(model.archivePath)
  return unpacked.flatMap((file) => {
    const location = posix.relative(folder, file.archivePath)
    if (file === model || refusedLocation(location) !== null) return []
    return [externalFile(file, location)]
  })
}

async function isArchive(path: string): Promise<boolean> {
  await using file = await open(path, 'r')
  const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0)
  return isZip(buffer)
}

/** Says of a problem with the bundle that it is one, and what follows from it. */
async function ofBundle<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Problem && ['invalid', 'too-large', 'time-out'].includes(error.code))
      throw refused(error.message, error)
    throw error
  }
}

function refused(sentence: string, cause?: Problem, field = 'bundle'): Problem {
  return new Problem(cause?.code ?? 'invalid', `${sentence} Nothing was imported.`, { field, cause })
}
