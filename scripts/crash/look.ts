import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { Job } from '../../src-contract/contract/admin/job.ts'
import { FunctionDetail } from '../../src-contract/contract/functions/function.ts'
import type { Desk } from './desk.ts'
import { type Finding, half, lost, wrong } from './finding.ts'
import type { Place } from './ledger.ts'
import { sha256Of } from './model-file.ts'

const Listed = z.object({ UUID: z.string(), Name: z.string() })
const Settings = z.object({ MaxUploadSize: z.int() })
/** Milliseconds in which what was interrupted must have gone on to its end. */
const PATIENCE = 240_000

/**
 * Looks whether a cabinet kept its word: all that it acknowledged is there, no row is without its file, and nothing half is left.
 * @param seen functions and files that were looked at before
 */
export async function look(desk: Desk, seen: Set<string>): Promise<Finding[]> {
  const problems = desk.problems.splice(0)
  await settle(desk, problems)
  problems.push(...(await lookAtFiles(desk, seen)))
  const places = new Map<string, Place>()
  for (const [path, place] of [
    ['/functions', 'list'],
    ['/functions/trash', 'trash'],
  ] as const) {
    for (const { UUID, Name } of z.array(Listed).parse(await got(desk, path))) places.set(UUID, { name: Name, place })
  }
  const { MaxUploadSize } = Settings.parse(await got(desk, '/admin/settings'))
  problems.push(...desk.ledger.compare(places, MaxUploadSize))
  problems.push(...(await lookAtFolder(desk, seen)))
  return problems
}

/** What a cabinet answers, at the latest when a new reader is there. @throws where it goes on refusing */
export async function got(desk: Desk, path: string): Promise<unknown> {
  for (const end = Date.now() + PATIENCE; ; await pause(50)) {
    const { isDone, sentence, body } = await desk.ask('GET', path)
    if (isDone) return body
    if (Date.now() > end) throw new Error(`GET ${path}: ${sentence}`)
  }
}

/** Waits until jobs that were interrupted have ended, and no file is being fetched. */
async function settle(desk: Desk, problems: Finding[]): Promise<void> {
  for (const end = Date.now() + PATIENCE; ; await pause(20)) {
    const jobs = z.array(Job).parse(await got(desk, '/jobs'))
    const under = jobs.filter(({ State }) => !['done', 'failed', 'cancelled', 'paused'].includes(State))
    if (under.length === 0) return
    if (Date.now() < end) continue
    problems.push(...under.map(({ Title, State }) => half(`“${Title}” is still ${State}`)))
    return
  }
}

/** Looks at every new function, until all that was imported is there: what is in a watched folder comes by and by. */
async function lookAtFiles(desk: Desk, seen: Set<string>): Promise<Finding[]> {
  const problems: Finding[] = []
  for (const end = Date.now() + PATIENCE; ; await pause(50)) {
    for (const { UUID } of z.array(Listed).parse(await got(desk, '/functions'))) {
      if (seen.has(UUID)) continue
      seen.add(UUID)
      problems.push(...(await lookAtFile(desk, UUID, seen)))
    }
    const missing = [...desk.ledger.files()].filter((sha256) => !seen.has(sha256))
    if (missing.length === 0) return problems
    if (Date.now() > end)
      return [...problems, ...missing.map((sha256) => lost(`${sha256} was imported and is in no function`))]
  }
}

async function lookAtFile(desk: Desk, uuid: string, seen: Set<string>): Promise<Finding[]> {
  const made = FunctionDetail.parse(await got(desk, `/function/${uuid}`))
  const [download] = made.Downloads
  const { Message = '' } = made.SyncInformation
  // A link whose reader was ended again and again says so, and can be fetched again.
  if (made.Status === 'error' && /the system stopped the process/.test(String(Message))) return []
  const isInterrupted = made.Status === 'error' && /download was interrupted/.test(String(Message))
  if (isInterrupted && desk.ledger.mayBeInterrupted(uuid)) return []
  if (made.Status !== 'ok' || !download) return [lost(`${uuid} has no file (${made.Status}: ${Message})`)]
  const { fetch } = await desk.served()
  const digest = sha256Of(new Uint8Array(await (await fetch(download.Url)).arrayBuffer()))
  seen.add(digest)
  const problems = digest === download.Sha256 ? [] : [half(`${uuid}: its file is not what it was`)]
  const acknowledged = desk.ledger.digest(uuid)
  return acknowledged === undefined || acknowledged === digest
    ? problems
    : [...problems, lost(`${uuid}: its file is another one`)]
}

async function lookAtFolder(desk: Desk, seen: Set<string>): Promise<Finding[]> {
  const problems: Finding[] = []
  const data = join(desk.folder, 'data')
  // What came to a watched folder may just be on its way in.
  const incoming = () => readdir(join(data, 'incoming'))
  for (const end = Date.now() + PATIENCE; (await incoming()).length > 0 && Date.now() < end; ) await pause(50)
  for (const left of await incoming()) problems.push(half(`${left} is left in incoming`))
  for (const folder of await readdir(join(data, 'files'))) {
    for (const name of await readdir(join(data, 'files', folder))) {
      if (seen.has(folder + name)) continue
      seen.add(folder + name)
      const path = join(data, 'files', folder, name)
      if (sha256Of(await readFile(path)) !== folder + name) problems.push(half(`${path} is not what its name says`))
    }
  }
  return problems
}

/** What the cabinet itself finds wrong. */
export async function verify(desk: Desk): Promise<Finding[]> {
  const { isDone, sentence, body } = await desk.work('/admin/verify', {})
  if (!isDone) return [wrong(`verify: ${sentence}`)]
  return Job.parse(body).Failures.map(({ What, Message }) => lost(`verify: ${What}: ${Message}`))
}
