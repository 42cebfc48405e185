import { constants, existsSync, rmSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { app, nativeImage, type WebContents } from 'electron'
import type { CabinetLink } from '../../link/link.ts'
import { iconFile } from '../window/icon-file.ts'
import { modelName, modelPath } from './model-file.ts'

const folder = () => join(app.getPath('userData'), 'dragged')

/**
 * Lets the files of models follow the pointer out of the window. They are copies under the names that they came with (clones where
 * the file system can): the receiver may move or change a file, and the cabinet's own must stay as they are.
 */
export async function dragOut(link: CabinetLink, sender: WebContents, uuids: readonly string[]): Promise<void> {
  await mkdir(folder(), { recursive: true })
  const place = await mkdtemp(join(folder(), 'drag-'))
  const files: string[] = []
  for (const uuid of uuids) {
    const copy = freeName(place, basename(await modelName(link, uuid)), files)
    await copyFile(await modelPath(link, uuid), copy, constants.COPYFILE_FICLONE)
    files.push(copy)
  }
  const [file] = files
  if (file === undefined || sender.isDestroyed()) return
  sender.startDrag({ file, files, icon: nativeImage.createFromPath(iconFile()).resize({ width: 48 }) })
}

/** At the next start nobody reads the copies of the last one any more. */
export function forgetDragged(): void {
  rmSync(folder(), { recursive: true, force: true })
}

function freeName(place: string, name: string, taken: readonly string[]): string {
  const extension = extname(name)
  const stem = basename(name, extension)
  for (let number = 1; ; number++) {
    const path = join(place, number === 1 ? name : `${stem} ${number}${extension}`)
    if (!taken.includes(path) && !existsSync(path)) return path
  }
}
