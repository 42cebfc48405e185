import { access, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * The executable that the `electron` package has downloaded already; it keeps its place in `path.txt`.
 * @returns undefined where nothing was downloaded yet
 */
export async function packagedElectron(electronPackage: string): Promise<string | undefined> {
  const directory = dirname(electronPackage)
  try {
    const executable = join(directory, 'dist', (await readFile(join(directory, 'path.txt'), 'utf8')).trim())
    await access(executable)
    return executable
  } catch {
    return undefined
  }
}
