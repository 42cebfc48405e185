import { createHash } from 'node:crypto'
import { resolve } from 'node:path'

/** What differs from run to run or from machine to machine, by key. */
const measured: Record<string, unknown> = {
  ReadTime: 1.25,
  LoadTime: 3.5,
  Load: 3.5,
  Run: 0.5,
  PeakMemory: 71_303_168,
  Rate: null,
  Secret: 'mc_7Qp…',
  RefreshToken: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI…',
  AccessToken: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI…',
  Database: { State: 'ok', Message: 'No problems found.', Size: 1_413_120, Version: 2 },
  Disk: { Free: 182_536_110_080, Total: 510_770_802_688 },
  Processes: ['cabinet', 'reader', 'list', 'runtime'].map((Name, at) => ({ Name, Pid: 4_711 + at, State: 'running' })),
  Password: 'mc_7Qp…',
  Machine: { Cpu: 'AMD Ryzen 7 7840U', Cores: 16, Memory: 33_550_000_128, System: 'Linux x64' },
  ...Object.fromEntries(['Min', 'Median', 'P95', 'Max', 'Mean'].map((key) => [key, 0.04])),
  Times: [0.04, 0.04, 0.04],
}
/** Where the program lies, which brings models of its own. */
const program = resolve(import.meta.dirname, '../../..')
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/

/** Makes answers the same in every run: UUIDs by the order in which they come, times, measurements, and the folders that are used. */
export function createSteady({ models, data }: { models: string; data: string }): (value: unknown) => unknown {
  const known = new Map<string, string>()
  const steadyUuid = (found: string) => {
    const given = known.get(found) ?? madeUuid(known.size)
    known.set(found, given)
    return given
  }
  const steady = (value: unknown): unknown => {
    if (typeof value === 'string') {
      if (time.test(value)) return '2026-11-02T20:17:21.303Z'
      return value
        .replaceAll(models, '/home/ada/models')
        .replaceAll(data, '/home/ada/.local/share/model-cabinet')
        .replaceAll(program, '/opt/model-cabinet')
        .replace(/ in [\d.]+ ms\b/, ' in 3.5 ms')
        .replace(uuid, steadyUuid)
    }
    if (Array.isArray(value)) return value.map(steady)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, isMeasured(key, inner) ? measured[key] : steady(inner)]),
    )
  }
  return steady
}

/** `Times` is a list of them in one answer and an object in another. */
const isMeasured = (key: string, value: unknown) =>
  Object.hasOwn(measured, key) && value !== null && Array.isArray(value) === Array.isArray(measured[key])

function madeUuid(number: number): string {
  const digest = createHash('sha256').update(`example ${number}`).digest('hex')
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `4${digest.slice(13, 16)}`,
    `8${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-')
}
