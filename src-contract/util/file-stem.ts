/** `.onnx` of `model.onnx`, `.tar.gz` of `model.tar.gz`; empty where there is none. */
export function extensionOf(fileName: string): string {
  return /(\.tar)?\.[A-Za-z0-9_]{1,16}$/i.exec(fileName)?.[0] ?? ''
}

/** The name without its extension: what a function is called that has no other name. `model.onnx.zip` is `model` too. */
export function stemOf(fileName: string): string {
  const stem = fileName.slice(0, fileName.length - extensionOf(fileName).length).replace(/\.onnx$/i, '')
  return stem.trim() || fileName
}
