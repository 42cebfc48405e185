import { closeSync, constants, fstatSync, openSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import type { ExternalFile } from '../../../src-contract/contract/models/inspection.ts'
import { groupedNumber, plural } from '../../../src-contract/words/human-number.ts'
import { type ByteSource, fileSource } from '../wire/byte-source.ts'
import { notWeights } from './not-weights.ts'

/** What became of an external file. */
export type ExternalState = Pick<ExternalFile, 'State' | 'Message'>

/** External files of one model: whether they are there, and their bytes. */
export type ExternalFiles = {
  /** Says what became of a file of which the model needs the first `bytes` bytes. */
  find(location: string, bytes: number): ExternalState
  /** Opens a file that `find` calls present; null for any other. */
  open(location: string): Promise<ByteSource | null>
}

/** For a model that came alone. */
export const noExternalFiles: ExternalFiles = {
  find: (location) => refusedLocation(location) ?? missing(location),
  open: async () => null,
}

/**
 * The files next to a model, by the rule of ONNX Runtime 1.30: links are followed as long as they lead into the model's folder, or
 * into the folder that the model's own link leads to, as in the cache of Hugging Face. A model must not make this program read
 * what its owner did not put beside it.
 */
export function filesNextToModel(modelPath: string): ExternalFiles {
  return {
    find(location, bytes) {
      const found = locateNextToModel(modelPath, location)
      return 'State' in found ? found : presentIfLongEnough(location, found.size, bytes, found.realPath)
    },
    async open(location) {
      const found = locateNextToModel(modelPath, location)
      return 'State' in found ? null : fileSource(found.realPath)
    },
  }
}

/** Where the bytes of an external file lie behind all links, and how many there are; else why it is not read. */
export function locateNextToModel(
  modelPath: string,
  location: string,
): { realPath: string; size: number } | ExternalState {
  const refusal = refusedLocation(location)
  if (refusal !== null) return refusal
  const realPath = realPathOf(join(dirname(modelPath), location))
  if (realPath === undefined) return missing(location)
  const folders = [realPathOf(dirname(modelPath)), dirname(realPathOf(modelPath) ?? modelPath)]
  if (!folders.some((folder) => folder !== undefined && withSeparator(realPath).startsWith(withSeparator(folder)))) {
    return refused(`${location} is a link to a file outside the model's folder.`)
  }
  const status = statSync(realPath, { throwIfNoEntry: false })
  if (!status?.isFile()) return refused(`${location} is not a file.`)
  if (!isReadable(realPath)) return refused(`Permission denied: ${location} cannot be read.`)
  return { realPath, size: status.size }
}

/** Why a path inside a model is not followed, whatever is there; null where it may be. Both systems' rules hold on both. */
export function refusedLocation(location: string): ExternalState | null {
  if (location === '') return refused('The model names an external file without a path.')
  if (location.includes('\0')) return refused('The model names an external file by a path that contains a NUL byte.')
  if (/^([/\\]|[A-Za-z]:)/.test(location))
    return refused(`${location} is an absolute path; only files next to the model are read.`)
  if (location.split(/[/\\]/).includes('..')) return refused(`${location} is outside the model's folder.`)
  return null
}

/** The state of a file of `size` bytes of which `bytes` are needed; at its `path`, where it has one, it must look like weights. */
export function presentIfLongEnough(location: string, size: number, bytes: number, path?: string): ExternalState {
  const kind = path === undefined ? null : notWeights(path, size < bytes)
  if (kind !== null) return refused(`${location} ${kind}.`)
  if (size >= bytes) return { State: 'present', Message: '' }
  return refused(`${location} has ${plural(size, 'byte')}, and the model needs ${groupedNumber(bytes)}.`)
}

/** The state of a file that is not there. */
export function missing(location: string): ExternalState {
  return { State: 'missing', Message: `${location} is not next to the model.` }
}

/** The state of a file that is not read. */
export function refused(Message: string): ExternalState {
  return { State: 'refused', Message }
}

/** The path without links; undefined where nothing is there, or links lead nowhere or in a circle. */
function realPathOf(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

const withSeparator = (folder: string) => (folder.endsWith(sep) ? folder : folder + sep)

function isReadable(path: string): boolean {
  try {
    const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
    const isFile = fstatSync(descriptor).isFile()
    closeSync(descriptor)
    return isFile
  } catch {
    return false
  }
}
