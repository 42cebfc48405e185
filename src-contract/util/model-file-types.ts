const ARCHIVES = ['.zip', '.tar', '.tgz', '.tar.gz']

/** File types that a cabinet takes (contract.md 2, SupportedFileTypes). */
export const MODEL_FILE_TYPES = ['.onnx', ...ARCHIVES]

const endsWithOneOf = (path: string, types: readonly string[]) =>
  types.some((type) => path.toLowerCase().endsWith(type))

/** Whether a file may be an archive of models, by its name. */
export const isArchiveName = (path: string): boolean => endsWithOneOf(path, ARCHIVES)

/** Whether a file may be a model, or an archive of models, by its name. */
export const isModelName = (path: string): boolean => endsWithOneOf(path, MODEL_FILE_TYPES)
