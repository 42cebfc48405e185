import { closeSync, constants, fstatSync, lstatSync, openSync, type Stats } from 'node:fs'
import { join } from 'node:path'
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
 * The files beside a model in its folder. Only ordinary files below the folder are taken: a model must not make this
 * program read what its owner did not put beside it, so links of both kinds are refused.
 */
export function filesInFolder(folder: string): ExternalFiles {
  return {
    find: (location, bytes) => findInFolder(folder, location, bytes),
    open: async (location) =>
      findInFolder(folder, location, 0).State === 'present' ? fileSource(join(folder, location)) : null,
  }
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

function findInFolder(folder: string, location: string, bytes: number): ExternalState {
  const refusal = refusedLocation(location)
  if (refusal !== null) return refusal
  let path = folder
  let status: Stats | undefined
  for (const part of location.split('/')) {
    path = join(path, part)
    status = lstatSync(path, { throwIfNoEntry: false })
    if (status === undefined) return missing(location)
    if (status.isSymbolicLink()) return refused(`${location} is or goes through a symbolic link.`)
  }
  if (!status?.isFile()) return refused(`${location} is not a file.`)
  if (status.nlink > 1) return refused(`${location} is a hard link to a file outside the model's folder.`)
  if (!isReadable(path)) return refused(`Permission denied: ${location} cannot be read.`)
  return presentIfLongEnough(location, status.size, bytes, path)
}

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
