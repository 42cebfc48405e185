import { readFileSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { type SettingName, SettingValues, usualSettings } from '../../../src-contract/contract/admin/settings.ts'
import { diskProblem, errorCode } from '../../files/disk-problem.ts'
import { moveDurably } from '../../files/durable.ts'

const FILE_NAME = 'settings.json'
const VERSION = 1

const Content = z.looseObject({ Version: z.int().positive() })

/** `<data>/settings.json`: what a person has set; what is not in it is as usual. */
export type SettingsFile = {
  readonly values: SettingValues
  /** What could not be read, as human-readable sentences. */
  readonly warnings: readonly string[]
  /**
   * Replaces the file, whole or not at all, and has it on disk when it returns. Keys that this program does not know stay; a file that
   * could not be read is kept beside it.
   * @throws Problem `conflict` where the file is from a newer program; `storage-full`
   */
  write(values: SettingValues): Promise<void>
}

/** Reads the settings of a data folder. A file or a value that cannot be read counts as not set, and is told. */
export function openSettingsFile(dataDirectory: string): SettingsFile {
  const path = join(dataDirectory, FILE_NAME)
  const found = read(path)
  let { isDamaged, content } = found

  const file: { values: SettingValues; warnings: string[]; write: SettingsFile['write'] } = {
    values: found.values,
    warnings: found.warnings,
    async write(next) {
      if (found.isNewer)
        throw new Problem('conflict', `${path} is from a newer Model Cabinet, and is not changed here.`)
      const { Version: _, ...others } = content
      const kept = Object.fromEntries(Object.entries(others).filter(([name]) => !isName(name)))
      const written = { Version: VERSION, ...withoutUsual(next), ...kept }
      try {
        if (isDamaged) await rename(path, `${path}.damaged`)
        await writeWhole(path, `${JSON.stringify(written, null, 2)}\n`)
      } catch (error) {
        throw diskProblem(error)
      }
      isDamaged = false
      content = written
      file.values = next
      file.warnings = []
    },
  }
  return file
}

type Read = {
  values: SettingValues
  warnings: string[]
  content: Record<string, unknown>
  /** Not even its outer form could be read, or one of its values. */
  isDamaged: boolean
  isNewer: boolean
}

function read(path: string): Read {
  const nothing = { values: usualSettings, warnings: [], content: {}, isDamaged: false, isNewer: false }
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return nothing
    const reason = error instanceof Error ? error.message : String(error)
    return { ...nothing, warnings: [`${path} could not be read (${reason}); the default settings are used.`] }
  }
  const parsed = Content.safeParse(parseJson(text))
  if (!parsed.success) {
    return { ...nothing, isDamaged: true, warnings: [`${path} is damaged; the default settings are used.`] }
  }
  const content = parsed.data
  if (content.Version > VERSION) {
    const warning = `${path} is from a newer Model Cabinet and is left as it is; the default settings are used.`
    return { ...nothing, isNewer: true, warnings: [warning] }
  }
  const wrong = SettingValues.keyof().options.filter(
    (name) => name in content && !SettingValues.shape[name].safeParse(content[name]).success,
  )
  const warnings = wrong.map((name) => `${name} in ${path} is not valid; the default is used.`)
  const right = Object.entries(content).filter(([name]) => isName(name) && !wrong.includes(name))
  const values = { ...usualSettings, ...SettingValues.partial().parse(Object.fromEntries(right)) }
  return { values, warnings, content, isDamaged: wrong.length > 0, isNewer: false }
}

const isName = (name: string): name is SettingName => Object.hasOwn(SettingValues.shape, name)

/** What is as usual is not written, so that a better usual value of a later version holds. */
function withoutUsual(values: SettingValues): Partial<SettingValues> {
  const set = Object.entries(values).filter(
    ([name, value]) => isName(name) && !isDeepStrictEqual(value, usualSettings[name]),
  )
  return Object.fromEntries(set)
}

async function writeWhole(path: string, text: string): Promise<void> {
  const fresh = `${path}.new`
  const file = await open(fresh, 'w', 0o600)
  try {
    await file.writeFile(text)
  } finally {
    await file.close()
  }
  await moveDurably(fresh, path)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
