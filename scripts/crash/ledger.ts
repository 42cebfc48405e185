import { type Finding, lost } from './finding.ts'

/** Where a function is and what it is called. */
export type Place = { name: string; place: 'list' | 'trash' | 'nowhere' }

type Known = { sha256: string | undefined; allowed: Place[] }

const same = (one: Place, other: Place) =>
  one.place === other.place && (one.place === 'nowhere' || one.name === other.name)

/** What a cabinet has acknowledged: the only state that it may be in; two, where it ended before it answered. */
export function createLedger() {
  const functions = new Map<string, Known>()
  /** Digests of files that some function must have. */
  const files = new Set<string>()
  const interrupted = new Set<string>()
  let settings: number[] = []
  let acknowledged = 0

  const last = (uuid: string): Place | undefined => functions.get(uuid)?.allowed.at(-1)
  return {
    acknowledged: () => acknowledged,
    created(uuid: string, sha256: string | undefined, name: string) {
      acknowledged++
      functions.set(uuid, { sha256, allowed: [{ name, place: 'list' }] })
    },
    imported(sha256: string) {
      acknowledged++
      files.add(sha256)
    },
    /** A change is asked for. */
    begins(uuid: string, change: Partial<Place>) {
      const before = last(uuid)
      if (before) functions.get(uuid)?.allowed.push({ ...before, ...change })
      if (change.place === 'trash') interrupted.add(uuid)
    },
    /** It was acknowledged. */
    changed(uuid: string) {
      acknowledged++
      const known = functions.get(uuid)
      const now = last(uuid)
      if (known && now) known.allowed = [now]
    },
    settingBegins: (value: number) => settings.push(value),
    settingChanged() {
      acknowledged++
      settings = settings.slice(-1)
    },
    /** Functions that are surely in the list, or surely in the trash. */
    surely: (place: Place['place']) =>
      [...functions].flatMap(([uuid, { allowed }]) => (allowed.every((one) => one.place === place) ? [uuid] : [])),
    digest: (uuid: string) => functions.get(uuid)?.sha256,
    files: () => files,
    /** A backup comes back, which may have been made while files were being fetched. */
    comesBack() {
      for (const uuid of functions.keys()) interrupted.add(uuid)
    },
    /** Whether the trash or a restore may have ended its download, which only a person begins again. */
    mayBeInterrupted: (uuid: string) => interrupted.has(uuid),
    /** What is not as it was acknowledged; from now on what is there is what there is. */
    compare(actual: ReadonlyMap<string, Place>, setting: number): Finding[] {
      const problems: Finding[] = []
      for (const [uuid, known] of functions) {
        const now = actual.get(uuid) ?? { name: '', place: 'nowhere' }
        if (!known.allowed.some((one) => same(one, now))) {
          problems.push(lost(`${uuid} is ${JSON.stringify(now)}, acknowledged was ${JSON.stringify(known.allowed)}`))
        }
        if (now.place === 'nowhere') functions.delete(uuid)
        else known.allowed = [now]
      }
      for (const [uuid, now] of actual) {
        if (!functions.has(uuid)) functions.set(uuid, { sha256: undefined, allowed: [now] })
      }
      if (settings.length > 0 && !settings.includes(setting)) {
        problems.push(lost(`the setting is ${setting}, acknowledged was ${settings.join(' or ')}`))
      }
      if (settings.length > 0) settings = [setting]
      return problems
    },
  }
}
export type Ledger = ReturnType<typeof createLedger>
