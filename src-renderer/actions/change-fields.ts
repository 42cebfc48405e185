import type { Fields } from '../../src-contract/contract/functions/function.ts'
import { changeWords } from '../../src-contract/words/change-words.ts'
import { plural } from '../../src-contract/words/human-number.ts'
import { sentenceOf } from '../lib/api/api-error.ts'
import { getFunction, listFunctions, updateFunction } from '../lib/api/functions.ts'
import { queryClient } from '../lib/api/query-client.ts'
import { tellDone, tellProblem } from '../lib/notices/notify.tsx'
import { fewOf, type Targets, uuidsOf } from '../lib/state/targets.ts'
import { each, refreshFunctions, startBulk, tell } from './change-many.ts'

/** The value of an own field; null where a model has none. */
export type FieldValue = Fields[string] | null

/** So many UUIDs fit in the address of a request. */
const ASKED = 200

/** Sets an own field on models, or takes it away by null; the way back gives each the value it had. */
export async function setField(targets: Targets, name: string, value: FieldValue): Promise<void> {
  const few = await fewOf(targets)
  if (!few) return setFieldOfMany(targets, name, value)
  const before = new Map<string, FieldValue>()
  const set = async (uuid: string, next: FieldValue) => {
    const { body, revision } = await getFunction(uuid)
    const now = body.Fields[name] ?? null
    if (now === next) return 'unchanged'
    await updateFunction(uuid, { Fields: { [name]: next } }, revision)
    if (!before.has(uuid)) before.set(uuid, now)
    return 'changed'
  }
  const outcome = await each(few, (uuid) => set(uuid, value))
  await refreshFunctions()
  if (outcome.done.length + outcome.refused.length === 0) tellDone('No changes: already set.')
  const { done: words } = changeWords({ SetFields: { [name]: value } }, () => undefined)
  tell(outcome, words(plural(outcome.done.length, 'model')), (done) =>
    each(done, (uuid) => set(uuid, before.get(uuid) ?? null)),
  )
}

/** By jobs of the cabinet; one for each different value on the way back. */
async function setFieldOfMany(targets: Targets, name: string, value: FieldValue): Promise<void> {
  const start = async (functions: readonly string[], next: FieldValue) => {
    const job = await startBulk({ Functions: [...functions], Change: { SetFields: { [name]: next } } })
    await queryClient.invalidateQueries({ queryKey: ['jobs'] })
    return job
  }
  try {
    const uuids = await uuidsOf(targets)
    const before = await valuesOf(uuids, name)
    const { Title } = await start(uuids, value)
    tellDone(`${Title}.`, {
      label: 'Undo',
      run: async () => {
        for (const [former, functions] of before) await start(functions, former)
      },
    })
  } catch (error) {
    tellProblem(`Nothing was changed. ${sentenceOf(error)}`)
  }
}

/** The models by the value that they have. */
async function valuesOf(uuids: readonly string[], name: string): Promise<Map<FieldValue, string[]>> {
  const values = new Map<FieldValue, string[]>()
  for (let start = 0; start < uuids.length; start += ASKED) {
    const Functions = uuids.slice(start, start + ASKED).join(',')
    const { rows } = await listFunctions({ Functions }, { offset: 0, limit: ASKED })
    for (const { UUID, Fields } of rows) {
      const value = Fields[name] ?? null
      values.set(value, [...(values.get(value) ?? []), UUID])
    }
  }
  return values
}
