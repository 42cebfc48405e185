import type { Random } from '../../../bench/data/random.ts'

type Values = readonly ((random: Random) => unknown)[]

const values: Values = [
  () => null,
  () => true,
  () => -1,
  () => 0,
  () => 1e308,
  () => Number.MAX_SAFE_INTEGER,
  () => 0.5,
  () => '',
  () => [],
  () => ({}),
  () => '\u0000',
  () => '\ud800',
  () => '../../etc/passwd',
  () => '2026-13-45T99:99:99Z',
  () => 'javascript:alert(1)',
  () => '00000000-0000-0000-0000-000000000000',
  () => 'f'.repeat(64),
  (random) => 'long '.repeat(random.below(20_000)),
  (random) => Array.from({ length: random.below(2000) }, () => random.below(9)),
  (random) => Object.fromEntries(Array.from({ length: random.below(500) }, (_, index) => [`key ${index}`, index])),
  (random) => nested(random.below(3000)),
]

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { State: value }
  return value
}

/** JSON text in which one value, at any depth, is another one, gone, or there under another name. */
export function mutateJson(text: string, random: Random): string {
  const root: unknown = JSON.parse(text)
  const holders = objectsIn(root)
  if (holders.length === 0 || random.chance(0.02)) return JSON.stringify(random.pick(values)(random))
  const holder = random.pick(holders)
  const keys = Object.keys(holder)
  const key = keys.length > 0 ? random.pick(keys) : 'Added'
  const value = Reflect.get(holder, key)
  const change = random.below(10)
  if (change === 0) Reflect.deleteProperty(holder, key)
  else if (change === 1) define(holder, random.pick(['__proto__', 'constructor', 'toString', 'Added', '0']), value)
  else if (change === 2)
    define(holder, key, random.pick(holders) === holder ? 1 : structuredClone(random.pick(holders)))
  else if (change === 3 && typeof value === 'string')
    define(holder, key, value + random.pick(['\n', '\u202e', ' ', 'x'.repeat(random.below(3000))]))
  else define(holder, key, random.pick(values)(random))
  return JSON.stringify(root)
}

/** As JSON has it, where `__proto__` is a name like any other. */
function define(holder: object, key: string, value: unknown): void {
  Reflect.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true })
}

function objectsIn(root: unknown): object[] {
  const found: object[] = []
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    found.push(value)
    for (const inner of Object.values(value)) look(inner)
  }
  look(root)
  return found
}
