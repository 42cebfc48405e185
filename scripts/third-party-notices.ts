import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'

// `npm run notices` writes THIRD-PARTY-NOTICES.txt; `npm run check` says when it is out of date.

const Names = z.record(z.string(), z.string()).default({})
const Locked = z.object({ version: z.string(), license: z.string().default(''), dependencies: Names })
const Lock = z.object({ packages: z.record(z.string(), z.unknown()) })
const Manifest = z.object({ dependencies: Names, devDependencies: Names })

type Licensed = { title: string; license: string; copyright: string[]; text: string }

const file = 'THIRD-PARTY-NOTICES.txt'
const intro = `Model Cabinet contains the packages below, each under its own licence. The installed app also contains Electron and
Chromium, whose licences are in the files LICENSE.electron.txt and LICENSES.chromium.html next to the program.
`

/** The notices of what the app contains: its dependencies, and the development dependencies that the window's bundle imports. */
export function thirdPartyNotices(root: string): string {
  const read = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'))
  const { packages } = Lock.parse(read('package-lock.json'))
  const { dependencies, devDependencies } = Manifest.parse(read('package.json'))
  const bundled = importedPackages(join(root, 'src-renderer')).filter((name) => name in devDependencies)
  const places = new Set<string>()
  const add = (name: string, from: string) => {
    const place = placeOf(name, from, packages)
    if (place === undefined || places.has(place)) return
    places.add(place)
    for (const next of Object.keys(Locked.parse(packages[place]).dependencies)) add(next, place)
  }
  for (const name of [...Object.keys(dependencies), ...bundled]) add(name, '')
  const licensed = [...places]
    .filter((place) => !place.includes('node_modules/@types/'))
    .sort()
    .map((place) => licenceOf(root, place, Locked.parse(packages[place])))
  const complete = licensed.map((one) => (one.text === '' ? { ...one, text: textOf(one, licensed) } : one))
  const groups = Map.groupBy(complete, ({ license, text }) => `${license} ${wordsOf(text)}`)
  const sections = [...groups.values()].map((members) => {
    const names = members.map(({ title, copyright }) => [title, ...copyright.map((line) => `  ${line}`)].join('\n'))
    return `${'='.repeat(80)}\n${members[0]?.license}\n\n${names.join('\n')}\n\n${members[0]?.text}\n`
  })
  return [intro, ...sections].join('\n')
}

/** The text of the same licence, for a package that comes without. */
function textOf({ title, license }: Licensed, others: readonly Licensed[]): string {
  const found = others.find((one) => one.license === license && one.text !== '')
  if (!found) throw new Error(`${title} comes without the text of its licence (${license}): add it here.`)
  return found.text
}

/** Without heading and punctuation, in which copies of one licence differ. */
function wordsOf(text: string): string {
  const words = text.toLowerCase().replaceAll(/\W+/g, ' ').trim()
  return words.replace(/^(?:license )?(?:the )?(?:mit|isc|bsd 3 clause|apache) licen[sc]e (?:mit )?/, '')
}

/** Where npm put a package that another asks for: next to it, or next to one of the folders above. */
function placeOf(name: string, from: string, packages: Record<string, unknown>): string | undefined {
  const inside = from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`
  if (inside in packages) return inside
  if (from === '') return undefined
  return placeOf(name, from.slice(0, from.lastIndexOf('node_modules/')).replace(/\/$/, ''), packages)
}

function importedPackages(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/.test(name) && !/\.test\.|(^|[\\/])testing[\\/]/.test(name),
  )
  const imports = files.flatMap((name) => [
    ...readFileSync(join(folder, name), 'utf8').matchAll(/(?:from|import) ?\(?'((?:@[^/']+\/)?[^./'][^/']*)[^']*'/g),
  ])
  return [...new Set(imports.map(([, name = '']) => name))]
}

function licenceOf(root: string, place: string, { version, license }: z.infer<typeof Locked>): Licensed {
  const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
  const texts = readdirSync(join(root, place)).filter((entry) =>
    /^(?:licen[cs]e|notice|copying)(?:[.-]|$)/i.test(entry),
  )
  const lines = texts
    .sort()
    .flatMap((entry) => readFileSync(join(root, place, entry), 'utf8').split(/\r?\n/))
    .map((line) => line.trimEnd())
  const isCopyright = (line: string) => /^\s*(?:\(c\)|©|copyright (?:\(c\)|©|\d{4}))/i.test(line)
  return {
    title: `${name} ${version}`,
    license,
    copyright:
      texts.length > 0
        ? lines.filter(isCopyright).map((line) => line.trim())
        : [`Copyright (c) the authors of ${name}`],
    text: lines
      .filter((line) => !isCopyright(line))
      .join('\n')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim(),
  }
}

/** Whether the notices in the project are those of the lock file. */
export function noticesAreCurrent(root: string): boolean {
  return readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n') === thirdPartyNotices(root)
}

if (import.meta.main) {
  const root = resolve(import.meta.dirname, '..')
  writeFileSync(join(root, file), thirdPartyNotices(root))
}
