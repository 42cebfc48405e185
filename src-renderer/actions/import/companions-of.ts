import { companionsAmong, isInRepository, type Neighbourhood } from '../../../src-contract/util/companion-names.ts'
import { isModelName } from '../../../src-contract/util/model-file-types.ts'
import { pathOfFile } from './file-path.ts'

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1)
const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/** Of files that a browser sent, those that are kept with a model, by the rule of an import by path. */
export function companionsOf(model: string, sources: readonly (string | File)[]): File[] {
  const files = sources.filter((one) => one instanceof File)
  const own = folderOf(model)
  const within = own.slice(0, -1)
  const folders = isInRepository(nameOf(within)) ? [own, folderOf(within)] : [own]
  return companionsAmong(nameOf(model), folders.map(around)).map(({ file }) => file)

  function around(folder: string): Neighbourhood<{ name: string; path: string; size: number; file: File }> {
    const inside = files.filter((file) => folderOf(pathOfFile(file)) === folder)
    const others = inside.filter(({ name }) => !isModelName(name))
    return {
      models: inside.length - others.length,
      files: others.map((file) => ({ name: file.name, path: pathOfFile(file), size: file.size, file })),
    }
  }
}
