/** Where in what was dropped a file lay: its own name tells of no folder. */
const paths = new WeakMap<File, string>()

export const rememberPath = (file: File, path: string): void => void paths.set(file, path)

/** The path of a file as far as the browser tells it. */
export const pathOfFile = (file: File): string => paths.get(file) ?? (file.webkitRelativePath || file.name)
