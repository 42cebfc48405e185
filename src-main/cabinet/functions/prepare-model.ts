import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { isCompanionName, isNamedAfter } from '../../../src-contract/util/companion-names.ts'
import { archiveKind } from '../../files/archive/open-archive.ts'
import type { StagedFile } from '../../files/staged-file.ts'
import { placeOf } from '../../store/content-digest.ts'
import { deviceOf } from '../../store/repositories/download-repository.ts'
import { companionOf } from '../companions/prepare-companions.ts'
import { safeFileName } from './file-name.ts'
import { type PrepareOptions, prepareArchive } from './prepare-archive.ts'
import {
  externalFile,
  modelFile,
  type PreparedFile,
  type PreparedModel,
  presentFiles,
  readModel,
  stagedFile,
} from './prepared-files.ts'

/** A received part: `fileName` as the client sent it (only its last path segment is used, and only for display). */
export type UploadedFile = StagedFile & { fileName: string }
export type UploadedDownload = UploadedFile & { mimeType: string }

/**
 * The files of one request: the model (`.onnx` or an archive), the external-data files of an `.onnx` (`fileName` is where the model looks
 * for each), and files for other devices.
 */
export type UploadedFiles = { bundle?: UploadedFile; external?: UploadedFile[]; downloads?: UploadedDownload[] }

const ORIGINAL_TYPES = { zip: 'application/zip', tar: 'application/x-tar', 'tar.gz': 'application/gzip' }

/**
 * Reads a bundle: an `.onnx` file with its external-data files, or an archive with exactly one and those that it names (contract.md 4).
 * Staged files of the answer are the caller's to keep or discard; where this throws, none but the bundle's own is left.
 * @param external their `fileName` is the location by which the model names each
 * @throws Problem `invalid` with field `bundle` or `external`.
 */
export async function prepareBundle(
  bundle: UploadedFile,
  options: PrepareOptions,
  external: readonly UploadedFile[] = [],
): Promise<PreparedModel> {
  const title = safeFileName(bundle.fileName, 'model.onnx')
  const kind = await archiveKind(bundle.path)
  if (kind === undefined) return prepareSingle(bundle, title, options, external)
  const [found] = await ofBundle(prepareArchive(bundle.path, options, 1))
  if (!found || 'refusal' in found) throw refused(found?.refusal.message ?? '', found?.refusal)
  return withOriginal(found.model, { ...bundle, fileName: title }, kind)
}

/** A model that came in an archive, which is kept with it. */
export function withOriginal(
  { inspection, files }: PreparedModel,
  { fileName, ...staged }: UploadedFile,
  kind: keyof typeof ORIGINAL_TYPES,
): PreparedModel {
  const original = stagedFile(staged, 'original', fileName, `${ORIGINAL_TYPES[kind]}; source=original`)
  return { inspection, files: [...files, original], title: fileName }
}

async function prepareSingle(
  bundle: UploadedFile,
  title: string,
  { reader, signal }: PrepareOptions,
  uploaded: readonly UploadedFile[],
): Promise<PreparedModel> {
  const model = modelFile(bundle, title)
  const external = uploaded.map(({ fileName, size, path }) => ({ location: fileName, size, path }))
  const inspection = await ofBundle(readModel(reader, model, { fileName: title, external, signal }))
  const named = new Set(inspection.External.map(({ Location }) => placeOf(Location)))
  const strange = uploaded.find(({ fileName }) => !named.has(placeOf(fileName)))
  if (strange) throw refused(`The model names no external file “${strange.fileName}”.`, undefined, 'external')
  const present = presentFiles(inspection)
  const isPresent = ({ fileName }: UploadedFile) => present.has(placeOf(fileName))
  await Promise.all(uploaded.filter((file) => !isPresent(file)).map((file) => file.discard()))
  return {
    inspection,
    files: [model, ...uploaded.filter(isPresent).map((file) => externalFile(file, file.fileName))],
    title,
  }
}

/**
 * What the parts named `download` bring: companions, by their name, and files for other devices.
 * @param model the name of the model's file that comes with them
 */
export function prepareDownloads(
  downloads: readonly UploadedDownload[],
  { reader, signal }: Pick<PrepareOptions, 'reader' | 'signal'>,
  model = '',
): Promise<PreparedFile[]> {
  return Promise.all(
    downloads.map((file) => {
      const name = safeFileName(file.fileName, 'download')
      const isKnown = isCompanionName(name) || (model !== '' && isNamedAfter(name, model))
      const isCompanion = isKnown && deviceOf({ role: 'device', mimeType: file.mimeType }) === null
      return isCompanion ? companionOf(file, name, reader, signal) : stagedFile(file, 'device', name, file.mimeType)
    }),
  )
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
