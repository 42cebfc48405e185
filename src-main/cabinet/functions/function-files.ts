import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { FileStore } from '../../files/file-store.ts'
import type { FunctionFile } from '../../store/repositories/download-repository.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'

/** A file to stream; `sha256` is its ETag. */
export type DownloadFile = { path: string; size: number; sha256: string; mimeType: string; name: string }

/**
 * Where a function's model is on this machine, for the runtime. `external` are its external-data files by their location; `inPlace`
 * says that these are all that it names, and each is where it names it.
 */
export type ModelFiles = {
  path: string
  sha256: string
  external: { location: string; path: string }[]
  inPlace: boolean
}

/** Finds the files of functions on this machine. */
export function createFunctionFiles({ downloads, inspections }: Repositories, files: FileStore) {
  const pathOf = ({ sha256, place }: FunctionFile): string =>
    place.kind === 'referenced' ? place.path : files.pathOf(sha256)

  return {
    download(id: number, uuid: string, name: string): DownloadFile {
      const file = downloads.find(id, name)
      if (!file) throw new Problem('not-found', `This function has no file “${name}”.`, { uuid })
      const path = pathOf(file)
      refuseLost(file, path, uuid)
      return { path, size: file.size, sha256: file.sha256, mimeType: file.mimeType, name: file.name }
    },

    model(id: number, uuid: string): ModelFiles {
      const all = downloads.list(id)
      const model = all.find(({ role }) => role === 'model')
      if (!model) throw new Problem('not-found', 'This function has no model file yet.', { uuid })
      const external = all.flatMap((file) =>
        file.location === null ? [] : [{ location: file.location, path: pathOf(file) }],
      )
      const path = pathOf(model)
      const inPlace = namesOnly(external, path, inspections.externalFiles(id)) && isAsHashed(model, path)
      return { path, sha256: model.sha256, external, inPlace }
    },
  }
}

/** @throws Problem `unavailable` where the file is not as it was when it was hashed, as far as a look at it tells. */
function refuseLost(file: FunctionFile, path: string, uuid: string): void {
  if (!existsSync(path)) {
    const where = file.place.kind === 'referenced' ? ` It was at ${path}.` : ''
    throw new Problem('unavailable', `The file “${file.name}” is lost.${where}`, { uuid })
  }
  if (!isAsHashed(file, path)) {
    throw new Problem('unavailable', `The file “${file.name}” has changed since it was added.`, { uuid })
  }
}

function isAsHashed({ size, place }: FunctionFile, path: string): boolean {
  const status = statSync(path, { throwIfNoEntry: false })
  if (status?.size !== size) return false
  return place.kind === 'stored' || Math.abs(status.mtimeMs - place.modifiedAt) <= 1
}

/** Whether every file that a model names is among these, in the place below the model's folder where ONNX Runtime looks for it. */
function namesOnly(external: ModelFiles['external'], modelPath: string, named: readonly string[] | undefined): boolean {
  return (
    named?.every((location) => {
      const wanted = join(dirname(modelPath), location)
      return external.some((file) => file.location === location && file.path === wanted)
    }) === true
  )
}
