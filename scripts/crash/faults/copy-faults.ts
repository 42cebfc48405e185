import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import Database from 'better-sqlite3'
import { isUnfinishedCopy } from '../../../src-main/files/copy-folder.ts'
import { migrate } from '../../../src-main/store/migrate.ts'
import { migrations } from '../../../src-main/store/migrations/index.ts'
import { type Finding, half, lost, wrong } from '../finding.ts'
import { modelFile } from '../model-file.ts'
import { buildShim, type FaultKind, type Shim } from './shim.ts'

/** What a program does with a folder of its own, all of it or as if it had not begun. */
type Copy = {
  program: string
  arguments: string[]
  /** Puts everything back. */
  prepare(): Promise<void>
  /** Whether it need not be done again, although it was interrupted at its end. */
  isThere(): boolean
  /** What is wrong where it was interrupted. */
  half(): Promise<Finding[]>
  /** What is wrong once it was done. */
  whole(): Promise<Finding[]>
}

export type CopyOptions = { kinds: readonly FaultKind[]; step: number; say(line: string): void }

/** Lets the n-th call of the system fail while a data folder is moved, and while an older database is brought up to date. */
export async function runCopyFaults({
  kinds,
  step,
  say,
}: CopyOptions): Promise<{ tried: number; findings: Finding[] }> {
  const root = await mkdtemp(join(tmpdir(), 'copies-'))
  const work = join(root, 'work')
  const shim = await buildShim(root, work)
  const result = { tried: 0, findings: [] as Finding[] }
  if (typeof shim === 'string') return result
  try {
    await mkdir(work)
    for (const [name, copy] of Object.entries({ move: await moves(root, work), migrate: migrates(root, work) })) {
      for (const kind of kinds) {
        const { tried, done, findings } = await tryAll(shim, copy, kind, step)
        result.tried += tried
        result.findings.push(...findings)
        say(`${name}, ${kind}: ${tried} calls failed, ${done} done, ${findings.length} problems`)
        for (const { kind: what, sentence } of findings) say(`  ${what}: ${sentence}`)
      }
    }
    return result
  } finally {
    shim.close()
    await rm(root, { recursive: true })
  }
}

async function tryAll(shim: Shim, copy: Copy, kind: FaultKind, step: number) {
  const findings: Finding[] = []
  let done = 0
  let tried = 0
  for (let at = 1; ; at += step) {
    await copy.prepare()
    shim.arm({ at, kind })
    const isDone = await run(copy, shim).catch(() => false)
    const { hits } = shim.disarm()
    if (isDone) done++
    else {
      findings.push(...(await copy.half()))
      if (!copy.isThere())
        await run(copy, shim).catch((error: unknown) => findings.push(wrong(`It cannot be done again: ${error}`)))
    }
    findings.push(...(await copy.whole()))
    if (hits === 0)
      return { tried, done, findings: findings.map((one) => ({ ...one, sentence: `${kind}: ${one.sentence}` })) }
    tried++
  }
}

async function run(copy: Copy, shim: Shim): Promise<boolean> {
  await promisify(execFile)(process.execPath, [copy.program, ...copy.arguments], {
    env: { ...process.env, ...shim.environment },
  })
  return true
}

/** A data folder, as far as a move looks at it. */
async function moves(root: string, work: string): Promise<Copy> {
  const from = join(root, 'data')
  const to = join(work, 'moved')
  for (let number = 1; number <= 3; number++) {
    await mkdir(join(from, 'files', `0${number}`), { recursive: true })
    await writeFile(join(from, 'files', `0${number}`, 'model'), modelFile(number, 100_000))
  }
  await writeFile(join(from, 'cabinet.db'), 'all of it')
  const expected = await digests(from)
  const whole = async () => {
    const found = await digests(to)
    return expected.flatMap((file) => (found.includes(file) ? [] : [lost(`${file} did not arrive`)]))
  }
  return {
    program: fileURLToPath(new URL('./copy-cabinet.ts', import.meta.url)),
    arguments: [from, to],
    prepare: () => rm(to, { recursive: true, force: true }),
    whole,
    isThere: () => existsSync(join(to, 'cabinet.db')),
    async half() {
      if (existsSync(join(to, 'cabinet.db'))) return whole()
      const isMarked = !existsSync(join(to, 'files')) || isUnfinishedCopy(to, 'cabinet.db')
      return isMarked ? [] : [half('a half copy is not marked')]
    },
  }
}

async function digests(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => {
        const path = join(parentPath, name)
        return `${path.slice(folder.length)} ${createHash('sha256')
          .update(await readFile(path))
          .digest('hex')}`
      }),
  )
}

const ROWS = 20
const OLD = 10

/** A database of an older version, with its copy. */
function migrates(root: string, work: string): Copy {
  const old = join(root, 'old.db')
  const database = new Database(old)
  const before = migrations.filter(({ version }) => version <= OLD)
  migrate(database, before)
  database.exec("INSERT INTO organisation (id, uuid, name, own) VALUES (1, 'o', 'Mine', 1)")
  const insert = database.prepare(
    `INSERT INTO function (uuid, organisation_id, name, status, inserted_at, updated_at, documentation, named_output, stated_shapes)
     VALUES (?, 1, 'm', 'ok', '', '', ?, '[]', '{"Input":[],"Output":[]}')`,
  )
  for (let row = 0; row < ROWS; row++) insert.run(`uuid ${row}`, 'word '.repeat(row * 10))
  database.close()
  const data = join(work, 'data')
  const path = join(data, 'cabinet.db')
  const rowsOf = (file: string, versions: (version: number) => boolean): Finding[] => {
    const copy = new Database(file)
    try {
      const rows = copy.prepare('SELECT count(*) FROM function').pluck().get()
      const version = Number(copy.pragma('user_version', { simple: true }))
      if (rows !== ROWS) return [lost(`${file} has ${rows} of ${ROWS} rows`)]
      return versions(version) ? [] : [half(`${file} is of version ${version}`)]
    } catch (error) {
      return [lost(`${file}: ${error}`)]
    } finally {
      copy.close()
    }
  }
  const backups = async () =>
    (await readdir(data))
      .filter((name) => name.endsWith('.backup'))
      .flatMap((name) => rowsOf(join(data, name), (version) => name === `cabinet.db.v${version}.backup`))
  const newest = migrations.at(-1)?.version
  return {
    program: fileURLToPath(new URL('./migrate-store.ts', import.meta.url)),
    arguments: [data],
    async prepare() {
      await rm(data, { recursive: true, force: true })
      await mkdir(data)
      await writeFile(path, await readFile(old))
    },
    isThere: () => false,
    half: async () => [...(await backups()), ...rowsOf(path, (version) => version >= OLD)],
    whole: async () => [...(await backups()), ...rowsOf(path, (version) => version === newest)],
  }
}
