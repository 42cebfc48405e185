/** `.onnx` of `model.onnx`; empty where there is none. */
export function extensionOf(fileName: string): string {
  return /\.[A-Za-z0-9_]{1,16}$/.exec(fileName)?.[0] ?? ''
}

/** The name without its extension: what a function is called that has no other name. */
export function stemOf(fileName: string): string {
  const stem = fileName.slice(0, fileName.length - extensionOf(fileName).length)
  return stem.trim() || fileName
}
