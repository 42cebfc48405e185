import { statSync } from 'node:fs'
import type { FunctionFile } from '../../store/repositories/download-repository.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'

/** A function that has a model already, and whether a file of it is missing or not where it was left: then what was found takes its place. */
export type Duplicate = { uuid: string; lost: boolean }

type Files = Pick<Repositories, 'functions' | 'downloads' | 'inspections'>

/** The first function with this file as its model, where that alone says that it is the same: not where weights lie in other files. */
export function duplicateByFile({ functions, downloads, inspections }: Files, sha256: string): Duplicate | undefined {
  for (const uuid of functions.withFile(sha256)) {
    const stored = functions.find(uuid)
    if (!stored || inspections.find(stored.id)?.External.length !== 0) continue
    return { uuid, lost: isLost(downloads.list(stored.id)) }
  }
  return undefined
}

/** The first function with the same model and the same external data, or with less of it than was found. */
export function duplicateOf(
  { functions, downloads, inspections }: Files,
  files: readonly FunctionFile[],
): Duplicate | undefined {
  const found = contentOf(files)
  const model = files.find(({ role }) => role === 'model')
  for (const uuid of model ? functions.withFile(model.sha256) : []) {
    const stored = functions.find(uuid)
    if (!stored) continue
    const present = downloads.list(stored.id)
    const content = contentOf(present)
    const isPart = content.every((one) => found.includes(one))
    if (isPart && content.length === found.length) return { uuid, lost: isLost(present) }
    const missing = inspections.find(stored.id)?.External.some(({ State }) => State !== 'present')
    if (isPart && missing) return { uuid, lost: true }
  }
  return undefined
}

function contentOf(files: readonly FunctionFile[]): string[] {
  return files
    .filter(({ role }) => role === 'model' || role === 'external')
    .map(({ role, location, sha256 }) => `${role} ${location ?? ''} ${sha256}`)
}

function isLost(files: readonly FunctionFile[]): boolean {
  return files.some(({ place, size }) => {
    if (place.kind !== 'referenced') return false
    const status = statSync(place.path, { throwIfNoEntry: false })
    return status?.size !== size || Math.abs(status.mtimeMs - place.modifiedAt) > 1
  })
}
