import { importFiles } from './run-imports.ts'

/** File types that a cabinet takes (contract.md 2, SupportedFileTypes). */
const FILE_TYPES = ['.onnx', '.zip']

export const isModelFile = (name: string): boolean => FILE_TYPES.some((type) => name.toLowerCase().endsWith(type))

function browserFiles(folder: 'files' | 'folder'): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = true
    if (folder === 'folder') input.webkitdirectory = true
    else input.accept = FILE_TYPES.join(',')
    input.onchange = () => resolve([...(input.files ?? [])])
    input.oncancel = () => resolve([])
    input.click()
  })
}

/** Asks for files by the system's dialog and imports them. */
export async function chooseFiles(catalogue?: string): Promise<void> {
  importFiles(window.cabinet ? await window.cabinet.pickFiles() : await browserFiles('files'), catalogue)
}

/** Asks a browser for a folder and imports the models anywhere in it. @returns how many there were */
export async function chooseFolder(catalogue?: string): Promise<number> {
  const models = (await browserFiles('folder')).filter((file) => isModelFile(file.name))
  importFiles(models, catalogue)
  return models.length
}
