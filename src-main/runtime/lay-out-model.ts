import { constants } from 'node:fs'
import { copyFile, link, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises'
import { dirname, join, posix } from 'node:path'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import type { ModelFile } from './model-file.ts'

export const LAYOUT_PREFIX = 'model-'

/** A model ready to be opened. */
export type LaidOut = { path: string; remove(): Promise<void> }

/**
 * Puts a model and its external files into one private folder, by hard links (copies across volumes), since ONNX Runtime
 * reads no file outside the model's folder. A model that needs none of this is opened where it is.
 * @throws Problem where a location leads out of the folder
 */
export async function layOutModel(file: ModelFile, workFolder: string): Promise<LaidOut> {
  const { path, external, inPlace } = file
  if (external === undefined || inPlace === true) return { path, remove: async () => {} }
  // The real path, since ONNX Runtime compares it with that of the external files.
  const folder = await realpath(await mkdtemp(join(workFolder, LAYOUT_PREFIX)))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const modelPath = join(folder, modelName(external.map(({ location }) => location)))
    await putInto(path, modelPath)
    // A model may write one place in two ways: `w.bin` and `./w.bin`.
    const places = new Map(external.map(({ location, path: source }) => [insideFolder(location), source]))
    for (const [place, source] of places) {
      const target = join(folder, place)
      await mkdir(dirname(target), { recursive: true })
      await putInto(source, target)
    }
    return { path: modelPath, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

/** A name that no external file has. */
function modelName(locations: readonly string[]): string {
  const taken = new Set(locations.map((location) => posix.normalize(location).split('/')[0]?.toLowerCase()))
  let name = 'model.onnx'
  while (taken.has(name)) name = `_${name}`
  return name
}

/** The location as a path below the folder, by the rules of every system, since a model goes from one to another. */
function insideFolder(location: string): string {
  const normal = posix.normalize(location.replaceAll('\\', '/'))
  if (normal === '.' || normal.startsWith('/') || /^[A-Za-z]:/.test(normal) || normal.split('/').includes('..')) {
    throw new Problem('invalid', `The external file "${location}" is not inside the model's folder.`)
  }
  if (normal.includes('\0')) throw new Problem('invalid', 'The name of an external file contains a NUL character.')
  return normal
}

async function putInto(source: string, target: string): Promise<void> {
  const real = await realpath(source)
  try {
    await link(real, target)
  } catch {
    // Another volume, or a file system without hard links.
    await copyFile(real, target, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL)
  }
}
