import { nameFiles } from '../../../src-contract/words/name-files.ts'

/**
 * What models are called whose files share their name (`model.onnx` in a folder for each), by their paths: with as many folders
 * before it as tell them apart. The others are called after their files.
 */
export function nameImports(paths: readonly string[]): Map<string, string> {
  const names = new Map<string, string>()
  for (const [path, [name]] of nameFiles(paths)) if (name?.includes('/')) names.set(path, name)
  return names
}
