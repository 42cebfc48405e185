import { cpus } from 'node:os'
import { relative } from 'node:path'
import { createExclusion } from '../src-main/files/exclusion.ts'
import { findCandidates } from '../src-main/files/find-candidates.ts'
import { spawnNode } from '../src-main/processes/spawn/spawn-node.ts'
import { createRuntime } from '../src-main/runtime/create-runtime.ts'
import { tolerance } from './corpus/compare-tensors.ts'
import { type Outcome, tryModel } from './corpus/try-model.ts'

/*
 * `npm run corpus -- FOLDER…`: reads every model below the folders, opens it with ONNX Runtime, and runs it on the
 * `test_data_set_*` beside it, as the ONNX project lays its test models out. Prints what came of it as a table, and the files of
 * every unreadable, wrong or rounded one. Ends with 1 where an output is wrong.
 */

const folders = process.argv.slice(2)
if (folders.length === 0) {
  console.error('Usage: npm run corpus -- FOLDER…')
  process.exit(2)
}

type Result = { path: string; outcome: Outcome }

const runtime = createRuntime({ spawn: spawnNode })
const results: Result[] = []
const { candidates } = await findCandidates(folders, { recursive: true, exclusion: createExclusion() })
const files = candidates.filter((path) => /\.onnx$/i.test(path)).values()

async function work(): Promise<void> {
  for (;;) {
    const { value, done } = files.next()
    if (done) return
    results.push({ path: value, outcome: await tryModel(value, runtime) })
  }
}

const started = performance.now()
await Promise.all(Array.from({ length: Math.min(4, cpus().length) }, work))
await runtime.close()

const order: Outcome['kind'][] = [
  'unreadable',
  'does not run',
  'no test data',
  'not comparable',
  'wrong',
  'equal but for rounding',
  'equal',
]
const counted: Outcome['kind'][] = ['unreadable', 'wrong', 'equal but for rounding']
const rows = new Map<string, Result[]>()
for (const result of results) {
  const { outcome } = result
  const label = 'why' in outcome && !counted.includes(outcome.kind) ? `${outcome.kind}: ${outcome.why}` : outcome.kind
  rows.set(label, [...(rows.get(label) ?? []), result])
}
const rank = (label: string) => order.findIndex((kind) => label.startsWith(kind))
for (const [label, found] of [...rows].sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b))) {
  console.log(`${String(found.length).padStart(6)}  ${label}`)
}
for (const { path, outcome } of results) {
  if ('why' in outcome && counted.includes(outcome.kind)) {
    console.log(`${outcome.kind}  ${relative(process.cwd(), path)}  ${outcome.why}`)
  }
}
const readable = results.filter(({ outcome }) => outcome.kind !== 'unreadable')
const runs = readable.filter(({ outcome }) => outcome.kind !== 'does not run')
const count = (kind: Outcome['kind']) => results.filter(({ outcome }) => outcome.kind === kind).length
console.log(
  `${results.length} models in ${((performance.now() - started) / 1000).toFixed(1)} s: ${readable.length} readable, ${runs.length} run here; ` +
    `outputs equal ${count('equal')}, equal but for rounding ${count('equal but for rounding')}, not comparable ${count('not comparable')}, wrong ${count('wrong')} ` +
    `(relative ${tolerance.relative}, absolute ${tolerance.absolute}).`,
)
process.exitCode = count('wrong') === 0 ? 0 : 1
