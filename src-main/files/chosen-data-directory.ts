import { existsSync, readFileSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { defaultDataDirectory } from './data-directory.ts'
import { moveDurably } from './durable.ts'

const choiceFile = (usual: string) => join(usual, 'data-folder.json')

/**
 * Where the cabinet lies unless a command says otherwise: the folder that was chosen in the settings, else the usual one. The choice is
 * written down in the usual folder, so that the window and `serve` agree.
 * @throws Problem where the chosen folder is not there: an empty cabinet elsewhere would look like a loss
 */
export function chosenDataDirectory(usual = defaultDataDirectory()): string {
  let text: string
  try {
    text = readFileSync(choiceFile(usual), 'utf8')
  } catch {
    return usual
  }
  const DataDirectory = chosenIn(text)
  if (DataDirectory === undefined) return usual
  if (existsSync(DataDirectory)) return DataDirectory
  throw new Problem(
    'unavailable',
    `The data folder ${DataDirectory}, chosen in Settings, was not found. Connect its drive, or choose another ` +
      `folder with --data, or delete ${choiceFile(usual)} to go back to the default.`,
  )
}

/** Writes the choice down; the usual folder needs none. */
export async function chooseDataDirectory(directory: string, usual = defaultDataDirectory()): Promise<void> {
  if (directory === usual) return rmSync(choiceFile(usual), { force: true })
  await mkdir(usual, { recursive: true, mode: 0o700 })
  const file = choiceFile(usual)
  await writeFile(`${file}.new`, `${JSON.stringify({ DataDirectory: directory })}\n`)
  await moveDurably(`${file}.new`, file)
}

/** Checked by hand: a window waits for this, and for all that it loads (desktop/window-bounds.ts). */
function chosenIn(text: string): string | undefined {
  try {
    const { DataDirectory }: { DataDirectory?: unknown } = JSON.parse(text)
    if (typeof DataDirectory === 'string' && isAbsolute(DataDirectory)) return DataDirectory
  } catch {
    // The usual folder holds what there is.
  }
  return undefined
}
