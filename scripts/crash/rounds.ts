import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { type Desk, openDesk } from './desk.ts'
import { got, look, verify } from './look.ts'
import { type OperationName, operations } from './operations.ts'

export type CrashOptions = { folder: string; rounds: number; seed: number; say(line: string): void }
/** Rounds, and what was not as it was acknowledged, by process and operation: `cabinet, upload`. */
export type CrashResult = { acknowledged: number; rounds: Record<string, number>; problems: string[] }

const Health = z.object({ Processes: z.array(z.object({ Name: z.string(), Pid: z.int().nullable() })) })

/** The share of kills that end the whole program: the next round then pays for a start. */
const OF_CABINET = 0.3
/** Each kill comes after up to so many milliseconds of an operation. */
const MAX_DELAY = 250
/** Rounds after which the cabinet is asked what it finds wrong itself. */
const VERIFY_EVERY = 50

const names = Object.keys(operations).filter((name): name is OperationName => Object.hasOwn(operations, name))

/** Kills one of a cabinet's processes in the middle of an operation, again and again, and looks each time whether the cabinet kept its word. */
export async function crashRounds({ folder, rounds, seed, say }: CrashOptions): Promise<CrashResult> {
  const desk = await openDesk(folder, seed)
  const seen = new Set<string>()
  const result: CrashResult = { acknowledged: 0, rounds: {}, problems: [] }
  try {
    for (let round = 1; round <= rounds; round++) {
      const { what, problems } = await crash(desk, seen)
      if (round % VERIFY_EVERY === 0 || round === rounds) problems.push(...(await verify(desk)))
      result.rounds[what] = (result.rounds[what] ?? 0) + 1
      result.problems.push(...problems.map((problem) => `round ${round}, ${what}: ${problem}`))
      result.acknowledged = desk.ledger.acknowledged()
      if (problems.length > 0) say(`round ${round}, ${what}: ${problems.join('; ')}`)
      if (round % VERIFY_EVERY === 0)
        say(`${round} rounds, ${result.acknowledged} acknowledged, ${result.problems.length} problems`)
    }
    return result
  } finally {
    await desk.end('SIGTERM')
  }
}

async function crash(desk: Desk, seen: Set<string>): Promise<{ what: string; problems: string[] }> {
  const { random } = desk
  const name = random.pick(names)
  const delay = random.below(MAX_DELAY)
  const { pid } = await desk.served()
  const children = Health.parse(await got(desk, '/admin/health')).Processes.filter(
    (one) => one.Pid !== null && one.Pid !== pid,
  )
  const victim = random.chance(OF_CABINET) || children.length === 0 ? undefined : random.pick(children)
  const working = operations[name](desk).catch((error: unknown) => {
    // Whether a change was kept whose answer the kill cut off is open, and either is right. A child's end cuts off nothing.
    if (victim) desk.problems.push(`no answer: ${error}`)
  })
  await pause(delay)
  if (victim?.Pid) endIfThere(victim.Pid)
  else await desk.end('SIGKILL')
  await working
  return { what: `${victim?.Name ?? 'cabinet'}, ${name}`, problems: await look(desk, seen) }
}

function endIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
