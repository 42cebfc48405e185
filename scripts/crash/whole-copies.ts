import { createWriteStream } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { openZip } from '../../src-main/files/archive/zip.ts'
import type { Answer, Desk } from './desk.ts'
import { half } from './finding.ts'
import { sha256Of } from './model-file.ts'

const BackupManifest = z.object({
  Database: z.object({ Sha256: z.string() }),
  Files: z.array(z.object({ Sha256: z.string() })),
  Missing: z.array(z.string()),
})
const Manifest = z.object({ Functions: z.int(), Files: z.int(), Missing: z.array(z.string()) })

/** One backup, in a folder that is used again where it was interrupted. What it acknowledged is whole. */
export async function backup(desk: Desk): Promise<Answer> {
  const folder = join(desk.folder, 'backup')
  const answer = await desk.work('/admin/backup', { Path: folder })
  if (!answer.isDone) {
    // A whole one may be there although nobody heard of it.
    if (/is not empty/.test(answer.sentence)) await lookAtBackup(desk, folder)
    return answer
  }
  await lookAtBackup(desk, folder)
  return answer
}

async function lookAtBackup(desk: Desk, folder: string): Promise<void> {
  try {
    const { Database, Files, Missing } = BackupManifest.parse(
      JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')),
    )
    const digestOf = async (path: string) => sha256Of(await readFile(join(folder, path)))
    if ((await digestOf('cabinet.db')) !== Database.Sha256)
      desk.problems.push(half('the database of a backup is not what it was'))
    for (const { Sha256 } of Files) {
      const digest = await digestOf(join('files', Sha256.slice(0, 2), Sha256.slice(2)))
      if (digest !== Sha256) desk.problems.push(half(`${Sha256} of a backup is not what it was`))
    }
    if (Missing.length > 0) desk.problems.push(half(`a backup misses ${Missing.length} files that are whole`))
  } catch (error) {
    desk.problems.push(half(`a backup is not whole: ${error}`))
  }
  await rm(folder, { recursive: true })
}

/** A backup, one model more, and back: that one may be gone then, and nothing else. */
export async function restore(desk: Desk, upload: (desk: Desk) => Promise<Answer>): Promise<Answer> {
  const folder = join(desk.folder, `restored-${desk.next()}`)
  const backedUp = await desk.work('/admin/backup', { Path: folder })
  if (!backedUp.isDone) return backedUp
  const before = new Set(desk.ledger.surely('list'))
  const uploaded = await upload(desk)
  if (!uploaded.isDone) return uploaded
  desk.ledger.comesBack()
  const [more] = desk.ledger.surely('list').filter((uuid) => !before.has(uuid))
  if (more !== undefined) desk.ledger.begins(more, { place: 'nowhere' })
  const answer = await desk.work('/admin/restore', { Path: folder })
  if (answer.isDone && more !== undefined) desk.ledger.changed(more)
  if (answer.isDone) await rm(folder, { recursive: true })
  return answer
}

/** An export that ends in order holds every model, and is taken in again. */
export async function exportAndImport(desk: Desk): Promise<Answer> {
  const path = join(desk.folder, 'export.zip')
  const { fetch } = await desk.served()
  const response = await fetch('/admin/export')
  if (!response.ok || !response.body) {
    const { Message } = z.object({ Message: z.string() }).parse(await response.json())
    return { isDone: false, sentence: Message, body: null }
  }
  try {
    await pipeline(Readable.from(response.body), createWriteStream(path))
  } catch (error) {
    // Cut off, as it must be where something is wrong in the middle; a server that is gone shows itself.
    await desk.ask('GET', '/status')
    return { isDone: false, sentence: `The export was cut off: ${error}.`, body: null }
  }
  const archive = await openZip(path, { name: 'The export', mostFiles: 1_000_000 })
  const manifest = await archive.files.get('manifest.json')
  const { Missing } = Manifest.parse(
    JSON.parse(Buffer.concat(manifest ? await Array.fromAsync(manifest.bytes()) : []).toString('utf8')),
  )
  archive.close()
  if (Missing.length > 0) desk.problems.push(half(`an export misses ${Missing.length} files that are whole`))
  return desk.work('/admin/import', { Paths: [path] })
}
