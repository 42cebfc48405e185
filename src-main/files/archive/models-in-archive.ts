import { posix } from 'node:path'
import type { Archive, ArchivedFile } from './archive.ts'

/** A model in an archive; `near` are the files in its folder and below, by their place next to it, which is how a model names them. */
export type ArchivedModel = { file: ArchivedFile; near: ReadonlyMap<string, ArchivedFile> }

/** The models in an archive, by their paths. */
export function modelsInArchive({ files }: Archive): ArchivedModel[] {
  const all = [...files.values()]
  return all
    .filter(({ path }) => path.toLowerCase().endsWith('.onnx'))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map((file) => {
      const folder = posix.dirname(file.path) === '.' ? '' : `${posix.dirname(file.path)}/`
      const near = all.filter((other) => other !== file && other.path.startsWith(folder))
      return { file, near: new Map(near.map((other) => [other.path.slice(folder.length), other])) }
    })
}
