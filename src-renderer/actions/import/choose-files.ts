import { importFiles } from './run-imports.ts'

function browserFiles(folder: 'files' | 'folder'): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = true
    if (folder === 'folder') input.webkitdirectory = true
    input.onchange = () => resolve([...(input.files ?? [])])
    input.oncancel = () => resolve([])
    input.click()
  })
}

/** Asks for files by the system's dialog and imports them. */
export async function chooseFiles(catalogue?: string): Promise<void> {
  importFiles(window.cabinet ? await window.cabinet.pickFiles() : await browserFiles('files'), catalogue)
}

/** Asks a browser for a folder and imports the models anywhere in it, with their data files. @returns how many there were */
export async function chooseFolder(catalogue?: string): Promise<number> {
  return importFiles(await browserFiles('folder'), catalogue)
}
