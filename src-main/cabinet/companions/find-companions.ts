import { realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, sep } from 'node:path'
import {
  companionsAmong,
  isInRepository,
  mayBeCompanion,
  type Neighbour,
} from '../../../src-contract/util/companion-names.ts'
import type { FolderNames } from '../../files/folder-names.ts'
import { safeFileName } from '../functions/file-name.ts'

/** A companion of a model of this machine: `path` without links; `changedAt` (ms) is when it was written or came to its place. */
type FoundCompanion = Neighbour & { changedAt: number }

type Folder = { models: number; files: FoundCompanion[] }

/** Companions of models by path; every folder is looked into once. */
export type CompanionFinder = {
  /** Those of the model at an absolute path. What cannot be read is left out. */
  of(modelPath: string, external?: readonly string[]): Promise<FoundCompanion[]>
}

export function createCompanionFinder(names: FolderNames): CompanionFinder {
  const folders = new Map<string, Promise<Folder>>()

  function look(path: string): Promise<Folder> {
    const known = folders.get(path) ?? lookInto(path, names)
    folders.set(path, known)
    return known
  }

  return {
    async of(modelPath, external = []) {
      const own = dirname(modelPath)
      const around = isInRepository(basename(own)) ? [own, dirname(own)] : [own]
      const parts = new Set(external.map((location) => join(own, location)))
      const found = companionsAmong(basename(modelPath), await Promise.all(around.map(look)), ({ path }) =>
        parts.has(path),
      )
      if (found.length === 0) return []
      const reached = await Promise.all(found.map((file) => behindLinks(file, modelPath, around)))
      return reached.filter((file) => file !== undefined)
    },
  }
}

/** What of a folder counts; one that cannot be listed has no companions. */
async function lookInto(folder: string, { of }: FolderNames): Promise<Folder> {
  const names = (await of(folder)) ?? []
  const files: FoundCompanion[] = []
  for (const name of names.filter((one) => !isModel(one) && mayBeCompanion(one))) {
    const path = join(folder, name)
    const status = await stat(path).catch(() => undefined)
    if (!status?.isFile()) continue
    const { size, mtimeMs, ctimeMs } = status
    files.push({ name: safeFileName(name, 'file'), path, size, changedAt: Math.max(mtimeMs, ctimeMs) })
  }
  return { models: names.filter(isModel).length, files }
}

const isModel = (name: string) => /\.onnx$/i.test(name)

/**
 * Links are followed as those of external data are: into the folders around the model, or next to the file that the model's own link leads
 * to. A folder must not make this program keep, and give away, what its owner did not put there.
 */
async function behindLinks(
  file: FoundCompanion,
  modelPath: string,
  around: readonly string[],
): Promise<FoundCompanion | undefined> {
  try {
    const path = await realpath(file.path)
    const allowed = [
      ...(await Promise.all(around.map((folder) => realpath(folder)))),
      dirname(await realpath(modelPath)),
    ]
    return allowed.some((folder) => path.startsWith(folder + sep)) ? { ...file, path } : undefined
  } catch {
    return undefined
  }
}
