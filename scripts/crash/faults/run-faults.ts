import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Desk, openDesk, startsServe } from '../desk.ts'
import { type Finding, wrong } from '../finding.ts'
import { look, verify } from '../look.ts'
import { type OperationName, operations } from '../operations.ts'
import { buildShim, type FaultKind, type Shim } from './shim.ts'

/** What is tried while calls fail: an operation, or starting the program. */
export type FaultName = OperationName | 'start'

export type FaultOptions = {
  /** A built `serve` in place of its source. */
  entry?: string
  names: readonly FaultName[]
  kinds: readonly FaultKind[]
  /** Tries the 1st call and then every so manieth. */
  step: number
  say(line: string): void
}
export type FaultResult = { tried: number; ended: number; acknowledged: number; findings: Finding[] }

/** More calls than any operation makes: some part of the program would be writing without an end. */
const MOST_CALLS = 2_000

/**
 * Lets the n-th call of the system fail while a cabinet works, for every n, and looks each time whether it kept its word.
 * @returns a sentence where that cannot be done here
 */
export async function runFaults({ entry, names, kinds, step, say }: FaultOptions): Promise<FaultResult | string> {
  const root = await mkdtemp(join(tmpdir(), 'faults-'))
  const desk = join(root, 'desk')
  const shim = await buildShim(root, desk)
  const result: FaultResult = { tried: 0, ended: 0, acknowledged: 0, findings: [] }
  try {
    if (typeof shim === 'string') return shim
    const seed = 1
    const worker = await openDesk(desk, seed, startsServe({ environment: shim.environment, ...(entry && { entry }) }))
    const seen = new Set<string>()
    for (const name of names) {
      for (const kind of kinds) await tryAll(worker, shim, { name, kind, step, seen, result, say })
    }
    result.acknowledged = worker.ledger.acknowledged()
    await worker.end('SIGTERM')
    return result
  } finally {
    if (typeof shim !== 'string') shim.close()
    await rm(root, { recursive: true, force: true })
  }
}

type Series = {
  name: FaultName
  kind: FaultKind
  step: number
  seen: Set<string>
  result: FaultResult
  say(line: string): void
}

async function tryAll(desk: Desk, shim: Shim, { name, kind, step, seen, result, say }: Series): Promise<void> {
  const sentences = new Map<string, number>()
  let tried = 0
  let done = 0
  let ended = 0
  const before = result.findings.length
  for (let at = 1; at < MOST_CALLS; at += step) {
    if (name === 'start') await desk.end('SIGTERM')
    else await desk.served()
    shim.arm({ at, kind })
    const answer = await (name === 'start' ? desk.start() : operations[name](desk)).catch(() => undefined)
    const { hits } = shim.disarm()
    if (!answer) {
      ended++
      // It may have closed the connection a moment before it ends.
      await desk.end('SIGKILL')
    } else if (await desk.isOver()) await desk.end('SIGKILL')
    if (answer?.isDone) done++
    else if (answer) sentences.set(answer.sentence, (sentences.get(answer.sentence) ?? 0) + 1)
    const problems = await look(desk, seen).catch(async (error: unknown) => {
      const { output } = await desk.served()
      await desk.end('SIGKILL')
      return [wrong(`it does not answer: ${error} ${output().stderr.slice(-3000)}`)]
    })
    result.findings.push(
      ...problems.map((one) => ({ ...one, sentence: `${name}, ${kind} at call ${at}: ${one.sentence}` })),
    )
    if (hits === 0) break
    tried++
  }
  result.findings.push(...(await verify(desk)))
  result.tried += tried
  result.ended += ended
  const said = [...sentences].map(([sentence, count]) => `${count} × ${sentence}`).join(' | ')
  const found = result.findings.slice(before)
  say(
    `${name}, ${kind}: ${tried} calls failed, ${done} done, ${ended} ended the program, ${found.length} problems. ${said}`,
  )
  for (const { kind, sentence } of found) say(`  ${kind}: ${sentence}`)
}
