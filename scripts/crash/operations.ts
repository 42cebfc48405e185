import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Job } from '../../src-contract/contract/admin/job.ts'
import type { Answer, Desk } from './desk.ts'
import { modelFile, sha256Of } from './model-file.ts'
import { backup, exportAndImport, restore } from './whole-copies.ts'

/** One thing that somebody does; what of it was acknowledged is in the ledger. */
export type Operation = (desk: Desk) => Promise<Answer>

const MAX_PADDING = 300_000
const Made = z.object({ UUID: z.string(), Name: z.string() })

const upload: Operation = async (desk) => {
  const number = desk.next()
  const bytes = modelFile(number, desk.random.below(MAX_PADDING))
  const form = new FormData()
  form.append('file', new Blob([bytes]), `model-${number}.onnx`)
  const answer = await desk.ask('POST', '/functions', form)
  if (answer.isDone) {
    const { UUID, Name } = Made.parse(answer.body)
    desk.ledger.created(UUID, sha256Of(bytes), Name)
  }
  return answer
}

const edit: Operation = async (desk) => {
  const uuid = oneOf(desk, 'list')
  if (uuid === undefined) return upload(desk)
  const name = `name ${desk.next()}`
  desk.ledger.begins(uuid, { name })
  return acknowledged(desk, [uuid], await desk.ask('PATCH', `/function/${uuid}`, { Name: name }))
}

const trash: Operation = async (desk) => {
  const uuid = oneOf(desk, 'list')
  if (uuid === undefined) return upload(desk)
  desk.ledger.begins(uuid, { place: 'trash' })
  return acknowledged(desk, [uuid], await desk.ask('DELETE', `/function/${uuid}`))
}

const undelete: Operation = async (desk) => {
  const uuid = oneOf(desk, 'trash')
  if (uuid === undefined) return trash(desk)
  desk.ledger.begins(uuid, { place: 'list' })
  return acknowledged(desk, [uuid], await desk.ask('POST', `/function/${uuid}/undelete`))
}

const bulk: Operation = async (desk) => {
  const uuids = desk.ledger.surely('list').slice(-20)
  if (uuids.length === 0) return upload(desk)
  const name = `bulk ${desk.next()}`
  for (const uuid of uuids) desk.ledger.begins(uuid, { name })
  const answer = await desk.work('/functions/bulk', { Functions: uuids, Change: { Set: { Name: name } } })
  return acknowledged(desk, uuids, answer)
}

const importFolder: Operation = async (desk) => {
  const { folder, digests } = await givenFolder(desk, 'given')
  const answer = await desk.work('/admin/import', { Paths: [folder] })
  // A file whose readers were all ended is reported as not read.
  const isWhole = answer.isDone && Job.parse(answer.body).Failures.length === 0
  if (isWhole) for (const digest of digests) desk.ledger.imported(digest)
  return answer
}

const watch: Operation = async (desk) => {
  const { folder, digests } = await givenFolder(desk, 'watched')
  const answer = await desk.ask('POST', '/admin/watches', { Path: folder, Mode: 'copy' })
  if (answer.isDone) for (const digest of digests) desk.ledger.imported(digest)
  return answer
}

const setSettings: Operation = async (desk) => {
  const MaxUploadSize = 1_000_000_000 + (desk.next() % 1_000_000)
  desk.ledger.settingBegins(MaxUploadSize)
  const answer = await desk.ask('PATCH', '/admin/settings', { MaxUploadSize })
  if (answer.isDone) desk.ledger.settingChanged()
  return answer
}

const link: Operation = async (desk) => {
  const { folder, digests } = await givenFolder(desk, 'linked', 1)
  const Path = join(folder, '0.onnx')
  const answer = await desk.ask('POST', '/functions/link', { Path })
  if (answer.isDone) {
    const { UUID, Name } = Made.parse(answer.body)
    desk.ledger.created(UUID, digests[0], Name)
  }
  return answer
}

export const operations = {
  upload,
  edit,
  trash,
  undelete,
  bulk,
  import: importFolder,
  watch,
  settings: setSettings,
  link,
  backup,
  restore: (desk: Desk) => restore(desk, upload),
  export: exportAndImport,
} satisfies Record<string, Operation>
export type OperationName = keyof typeof operations

function oneOf(desk: Desk, place: 'list' | 'trash'): string | undefined {
  const uuids = desk.ledger.surely(place)
  return uuids.length > 0 ? desk.random.pick(uuids) : undefined
}

function acknowledged(desk: Desk, uuids: readonly string[], answer: Answer): Answer {
  if (answer.isDone) for (const uuid of uuids) desk.ledger.changed(uuid)
  return answer
}

/** A folder with new models. */
async function givenFolder(desk: Desk, kind: string, count = 2): Promise<{ folder: string; digests: string[] }> {
  const folder = join(desk.folder, `${kind}-${desk.next()}`)
  await mkdir(folder)
  const digests: string[] = []
  for (let index = 0; index < count; index++) {
    const bytes = modelFile(desk.next(), desk.random.below(MAX_PADDING))
    await writeFile(join(folder, `${index}.onnx`), bytes)
    digests.push(sha256Of(bytes))
  }
  return { folder, digests }
}
