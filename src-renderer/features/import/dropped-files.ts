import { rememberPath } from '../../actions/import/file-path.ts'

async function fileOf(entry: FileSystemFileEntry): Promise<File> {
  const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
  rememberPath(file, entry.fullPath)
  return file
}

function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const found: FileSystemEntry[] = []
  // A folder comes in portions; an empty one is the end.
  return new Promise((resolve, reject) => {
    const next = () =>
      reader.readEntries((portion) => {
        if (portion.length === 0) return resolve(found)
        found.push(...portion)
        next()
      }, reject)
    next()
  })
}

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile

/** The files under a dropped folder. */
async function filesUnder(entry: FileSystemEntry): Promise<File[]> {
  if (isFile(entry)) return [await fileOf(entry)]
  if (!isFolder(entry)) return []
  const found: File[] = []
  for (const child of await entriesOf(entry)) found.push(...(await filesUnder(child)))
  return found
}

/**
 * What was dropped: paths in the desktop app, files in a browser. Files are taken as they are, so that the cabinet says why it refuses
 * one; folders are the cabinet's own to go through, and the person's to say whether they are copied, but of a browser's only the models
 * and their data are sent.
 */
export async function filesOf(transfer: DataTransfer): Promise<(string | File)[] | { folders: string[] }> {
  // The list is emptied as soon as the event is over: read it before anything is awaited.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry())
  const files = [...transfer.files]
  if (window.cabinet) {
    const paths = window.cabinet.pathsOf(files)
    return entries.some((entry) => entry && isFolder(entry)) ? { folders: paths } : paths
  }
  const sources: File[] = []
  for (const [index, file] of files.entries()) {
    const entry = entries[index]
    if (entry && isFolder(entry)) sources.push(...(await filesUnder(entry)))
    else sources.push(file)
  }
  return sources
}
