import { stemOf } from '../../../src-contract/util/file-stem.ts'
import { nameFiles } from '../../../src-contract/words/name-files.ts'

/**
 * What models are called whose files share their name (`model.onnx` in a folder for each), by their paths. The others are called after
 * their files.
 */
export function nameImports(paths: readonly string[]): Map<string, string> {
  const names = new Map<string, string>()
  for (const [path, [name]] of nameFiles(paths)) {
    if (name !== undefined && name !== stemOf(path.split(/[\\/]/).at(-1) ?? path)) names.set(path, name)
  }
  return names
}
