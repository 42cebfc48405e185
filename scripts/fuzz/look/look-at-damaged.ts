import { z } from 'zod'
import { Job } from '../../../src-contract/contract/admin/job.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { FunctionItem } from '../../../src-contract/contract/functions/function.ts'
import { createApi } from '../../../src-main/api/create-api.ts'
import { withJson } from '../../../src-main/api/testing/test-api.ts'
import type { Cabinet } from '../../../src-main/cabinet/cabinet.ts'
import { finished } from '../../../src-main/cabinet/jobs/testing/finished.ts'
import { openCabinet } from '../../../src-main/cabinet/open-cabinet.ts'
import { ada, patient } from '../../../src-main/cabinet/testing/test-cabinet.ts'
import { openZip } from '../../../src-main/files/archive/zip.ts'
import { spawnNode } from '../../../src-main/processes/spawn/spawn-node.ts'
import { storeProblem } from '../../../src-main/store/store-problem.ts'
import type { Content } from './content-of.ts'

const Refusal = z.object({ Message: z.string().regex(/^\S.*\.$/s) })
const Exported = z.object({ UUID: z.string() })

/** What SQLite read of the cabinet before and after the damage. */
type Contents = { whole: Content; content: Content }

/**
 * Opens a damaged cabinet and does with it what a person would: list, look, export, verify, back up.
 * @throws where it is silent about a loss, loses what SQLite can read, or ends in anything but an answer or a sentence
 */
export async function lookAtDamaged(folder: string, backup: string, { whole, content }: Contents): Promise<string> {
  const logged: unknown[] = []
  const log = (error: unknown) => logged.push(error)
  let cabinet: Cabinet
  try {
    cabinet = await openCabinet({ dataDirectory: folder, spawn: spawnNode, settings: patient, log })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    Refusal.parse({ Message: error.message })
    return 'refused'
  }
  try {
    const ask = asker(cabinet, log)
    const kept = [...content.models].filter(([uuid, name]) => whole.models.get(uuid) === name).map(([uuid]) => uuid)
    const faults = [...(await listFaults(ask, kept)), ...(await exportFaults(ask, kept))]
    const isHarmed = [...whole.tables].some(([name, rows]) => content.tables.get(name) !== rows)
    const jobs = [
      ['verify', await ended(cabinet, await ask('/admin/verify', withJson('POST', {})))],
      ['backup', await ended(cabinet, await ask('/admin/backup', withJson('POST', { Path: backup })))],
    ] as const
    for (const [what, job] of jobs) {
      if (typeof job === 'string') faults.push(`${what} ${job}`)
      else if (isHarmed && job.State === 'done' && job.FailureCount === 0) faults.push(`${what} names nothing`)
      else if (what === 'verify' && job.State !== 'done') faults.push(`verify failed: ${job.Message}`)
    }
    const error = logged.find((one) => !(storeProblem(one) instanceof Problem))
    if (error) throw error
    if (faults.length > 0) throw new Error(faults.join('; '))
    return isHarmed ? `named, ${whole.models.size - kept.length > 0 ? 'models lost' : 'all models kept'}` : 'unharmed'
  } finally {
    await cabinet.close()
  }
}

type Ask = (path: string, init?: RequestInit) => Promise<{ status: number; bytes: Buffer }>

function asker(cabinet: Cabinet, log: (error: unknown) => void): Ask {
  const api = createApi(cabinet, { version: '0.0.0', logError: log })
  return async (path, init = {}) => {
    const response = await api.request(path, init, { caller: ada })
    const bytes = Buffer.from(await response.arrayBuffer())
    if (response.status >= 400 && !Refusal.safeParse(JSON.parse(bytes.toString())).success)
      throw new Error(`${path} fails with ${bytes.toString()}`)
    return { status: response.status, bytes }
  }
}

async function listFaults(ask: Ask, kept: readonly string[]): Promise<string[]> {
  const list = await ask('/functions?Limit=100')
  const items = list.status === 200 ? z.array(FunctionItem).parse(JSON.parse(list.bytes.toString())) : []
  for (const uuid of kept) {
    for (const part of ['', '/history', '/inspection', '/benchmarks']) await ask(`/function/${uuid}${part}`)
  }
  for (const path of [
    '/functions?q=word',
    '/catalogues',
    '/jobs',
    '/admin/audit',
    '/admin/health',
    '/functions/options',
    '/functions/statistics',
  ])
    await ask(path)
  return lossOf(
    'list',
    kept,
    items.map(({ UUID }) => UUID),
    list,
  )
}

async function exportFaults(ask: Ask, kept: readonly string[]): Promise<string[]> {
  const answer = await ask('/admin/export')
  const found: string[] = []
  if (answer.status === 200) {
    const archive = await openZip(answer.bytes, { name: 'The export', mostFiles: 1000 })
    const list = archive.files.get('functions.jsonl')
    const text = list ? Buffer.concat(await Array.fromAsync(list.bytes())).toString() : ''
    for (const line of text.split('\n').filter(Boolean)) found.push(Exported.parse(JSON.parse(line)).UUID)
    archive.close()
  }
  return lossOf('export', kept, found, answer)
}

function lossOf(
  what: string,
  kept: readonly string[],
  found: readonly string[],
  { status, bytes }: Awaited<ReturnType<Ask>>,
): string[] {
  const lost = kept.filter((uuid) => !found.includes(uuid)).length
  return lost === 0
    ? []
    : [`${what} lacks ${lost} of ${kept.length} models (${status}${status === 200 ? '' : ` ${bytes.toString()}`})`]
}

async function ended(cabinet: Cabinet, { status, bytes }: Awaited<ReturnType<Ask>>): Promise<Job | string> {
  if (status !== 200 && status !== 202) return `does not start: ${bytes.toString()}`
  const job = await finished(cabinet, Job.parse(JSON.parse(bytes.toString())))
  if (!Refusal.safeParse(job).success) throw new Error(`The job ${job.Kind} ends with “${job.Message}”`)
  return job
}
