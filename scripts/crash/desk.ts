import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { createRandom, type Random } from '../../bench/data/random.ts'
import { Job } from '../../src-contract/contract/admin/job.ts'
import { type Served, type ServeOptions, startServeWith } from '../../src-main/serve/testing/start-serve.ts'
import { type Finding, wrong } from './finding.ts'
import { createLedger, type Ledger } from './ledger.ts'

/** What the cabinet said: that it is done, or in a sentence why not. */
export type Answer = { isDone: boolean; sentence: string; body: unknown }

/** Somebody who works with a `serve` that may end at any time, and writes down what it acknowledged. */
export type Desk = {
  /** Holds `data`, the cabinet's folder, and whatever is given to it or made by it. */
  folder: string
  ledger: Ledger
  random: Random
  /** The next number, which no model or file had before. */
  next(): number
  /** Starts `serve`, unless it runs. */
  served(): Promise<Served>
  /** The same, and what it says where it does not start. @throws where it ended without a word */
  start(): Promise<Answer>
  /** Whether it ended by itself. */
  isOver(): Promise<boolean>
  /** @throws where the cabinet is gone */
  ask(method: string, path: string, body?: FormData | object): Promise<Answer>
  /** The same for what is done by a job, and waits for its end. */
  work(path: string, body: object): Promise<Answer>
  /** Of the cabinet's own process, which `serve` watches. */
  cabinetPid(): Promise<number>
  /** Waits until another cabinet is in the place of one that ended. */
  isBack(gone: number): Promise<void>
  end(signal: NodeJS.Signals): Promise<void>
  /** What showed while it worked: sentences that were no sentences. */
  problems: Finding[]
}

const Message = z.object({ Message: z.string() })
const isSentence = (text: string) => /^\S.*[.!?]$/s.test(text)

/** Starts a cabinet in a data folder and waits until it is ready. */
export type StartCabinet = (data: string) => Promise<Served>

export function startsServe(options: ServeOptions): StartCabinet {
  return (data) => startServeWith(options, '--data', data, '--port', '0', '--private-links')
}

export async function openDesk(folder: string, seed: number, start: StartCabinet): Promise<Desk> {
  let served: Promise<Served> | undefined
  let number = seed * 1_000_000
  const problems: Finding[] = []
  await mkdir(folder, { recursive: true })
  const answerOf = (isDone: boolean, sentence: string, body: unknown): Answer => {
    if (!isDone && !isSentence(sentence)) problems.push(wrong(`“${sentence}” is no sentence`))
    return { isDone, sentence, body }
  }

  const desk: Desk = {
    folder,
    problems,
    ledger: createLedger(),
    random: createRandom(seed),
    next: () => ++number,
    served() {
      served ??= start(join(folder, 'data'))
      served.catch(() => {
        served = undefined
      })
      return served
    },
    async start() {
      try {
        await desk.served()
        return answerOf(true, '', null)
      } catch (error) {
        const said = error instanceof Error ? error.message.replace(/^serve ended: /, '').trim() : ''
        if (said === '') throw error
        return answerOf(false, said, null)
      }
    },
    async isOver() {
      const running = await served?.catch(() => undefined)
      return running !== undefined && (running.child.exitCode !== null || running.child.signalCode !== null)
    },
    async ask(method, path, body) {
      const { fetch } = await desk.served()
      const isForm = body instanceof FormData
      const init = {
        method,
        ...(body && { body: isForm ? body : JSON.stringify(body) }),
        ...(body && !isForm && { headers: { 'Content-Type': 'application/json' } }),
      }
      const response = await fetch(path, init)
      const answer: unknown = await response.json()
      return answerOf(response.ok, Message.safeParse(answer).data?.Message ?? '', answer)
    },
    async work(path, body) {
      const begun = await desk.ask('POST', path, body)
      if (!begun.isDone) return begun
      const { UUID } = Job.parse(begun.body)
      for (;;) {
        const { body: answer, isDone, sentence } = await desk.ask('GET', `/jobs/${UUID}`)
        if (!isDone) return answerOf(false, sentence, answer)
        const job = Job.parse(answer)
        if (['done', 'failed', 'cancelled'].includes(job.State)) return answerOf(job.State === 'done', job.Message, job)
        await pause(10)
      }
    },
    async cabinetPid() {
      return Number(await readFile(join(folder, 'data', 'lock.pid'), 'utf8'))
    },
    async isBack(gone) {
      const { fetch } = await desk.served()
      const isThere = () =>
        fetch('/status').then(
          ({ ok }) => ok,
          () => false,
        )
      while ((await desk.cabinetPid()) === gone || !(await isThere())) await pause(20)
    },
    async end(signal) {
      await (await served)?.end(signal)
      served = undefined
    },
  }
  return desk
}
