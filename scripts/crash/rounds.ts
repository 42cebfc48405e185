import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { type Desk, openDesk, type StartCabinet } from './desk.ts'
import { type Finding, wrong } from './finding.ts'
import { got, look, verify } from './look.ts'
import { type OperationName, operations } from './operations.ts'

export type CrashOptions = { folder: string; kills: number; seed: number; start: StartCabinet; say(line: string): void }
export type CrashResult = {
  rounds: number
  acknowledged: number
  /** Kills by process and operation: `cabinet, upload`. */
  kills: Record<string, number>
  findings: Finding[]
}

const Health = z.object({ Processes: z.array(z.object({ Name: z.string(), Pid: z.int().nullable() })) })

/** Operations after which the cabinet is looked through. */
const OPERATIONS = 5
/** The share of kills that end the whole program: the next round then pays for a start. */
const OF_PROGRAM = 0.05
/** Each kill comes after up to so many milliseconds, most of them soon. */
const MAX_DELAY = 250
/** Rounds after which the cabinet is asked what it finds wrong itself, and a new one is begun: a large one is slow to look through. */
const ROUNDS_OF_ONE = 10

const names = Object.keys(operations).filter((name): name is OperationName => Object.hasOwn(operations, name))

/** Kills a cabinet's processes in the middle of an operation, again and again, and looks each time whether the cabinet kept its word. */
export async function crashRounds({ folder, kills, seed, start, say }: CrashOptions): Promise<CrashResult> {
  const result: CrashResult = { rounds: 0, acknowledged: 0, kills: {}, findings: [] }
  for (let done = 0, cabinet = 0; done < kills; cabinet++) {
    const desk = await openDesk(join(folder, String(cabinet)), seed + cabinet, start)
    const seen = new Set<string>()
    try {
      for (let round = 1; done < kills && round <= ROUNDS_OF_ONE; round++) {
        const killed = await crash(desk)
        const findings = await look(desk, seen)
        done += killed.length
        if (done >= kills || round === ROUNDS_OF_ONE) findings.push(...(await verify(desk)))
        for (const what of killed) result.kills[what] = (result.kills[what] ?? 0) + 1
        result.rounds++
        result.findings.push(...findings)
        for (const { kind, sentence } of findings)
          say(`${kind}: cabinet ${cabinet}, round ${round}, ${killed.join(' · ')}: ${sentence}`)
      }
    } finally {
      await desk.end('SIGTERM')
    }
    result.acknowledged += desk.ledger.acknowledged()
    say(
      `${done} kills, ${result.rounds} rounds, ${result.acknowledged} acknowledged, ${result.findings.length} problems`,
    )
    await rm(desk.folder, { recursive: true })
  }
  return result
}

/** Some operations, one after the other, in each of which processes are killed. @returns the kills by process and operation */
async function crash(desk: Desk): Promise<string[]> {
  const killed: string[] = []
  for (let count = 0; count < OPERATIONS; count++) {
    const { isCutOff, victims, name } = await crashOne(desk)
    killed.push(...victims.map((victim) => `${victim}, ${name}`))
    if (isCutOff) break
  }
  return killed
}

async function crashOne(desk: Desk): Promise<{ name: OperationName; victims: string[]; isCutOff: boolean }> {
  const { random } = desk
  const name = random.pick(names)
  await desk.served()
  const victims: string[] = []
  let isOver = false
  let isCutOff = false
  const working = operations[name](desk)
    .catch((error: unknown) => {
      // Whether a change was kept whose answer the kill cut off is open, and either is right. A child's end cuts off nothing.
      if (!isCutOff) desk.problems.push(wrong(`${name} gives no answer: ${error}`))
    })
    .finally(() => {
      isOver = true
    })
  do {
    await pause(random.next() ** 4 * MAX_DELAY)
    const { Processes } = Health.parse(await got(desk, '/admin/health'))
    const cabinet = await desk.cabinetPid()
    const children = Processes.filter(({ Pid }) => Pid !== cabinet)
    isCutOff = children.length === 0 || random.chance(OF_PROGRAM)
    const victim = isCutOff ? undefined : random.pick(children)
    if (isCutOff && random.chance(0.5)) {
      await desk.end('SIGKILL')
      victims.push('serve')
    } else if (isCutOff && isEnded(cabinet)) {
      await desk.isBack(cabinet)
      victims.push('cabinet')
    } else if (victim && isEnded(victim.Pid)) victims.push(victim.Name)
  } while (!isOver && !isCutOff)
  await working
  return { name, victims, isCutOff }
}

function isEnded(pid: number | null): boolean {
  try {
    return pid !== null && process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
    return false
  }
}
