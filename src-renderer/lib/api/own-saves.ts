import type { CabinetEvent } from '../../../src-contract/contract/admin/event.ts'
import type { FunctionDetail, FunctionUpdate } from '../../../src-contract/contract/functions/function.ts'

/** Milliseconds between the time in an answer and the time of its event, which the cabinet reads one after the other. */
const APART = 100

/** Changes of these keys reach no other list than those of functions: not the catalogues, custom fields, sources or duplicates. */
const plain: readonly string[] = ['Name', 'Alias', 'Documentation', 'Starred']

const expected = new Set<{ uuid: string; at: number }>()

/** Notes that this window saved a change and has the answer, so that its event need not be asked about again. */
export function expectEvent(
  change: FunctionUpdate,
  { UUID, UpdatedAt }: Pick<FunctionDetail, 'UUID' | 'UpdatedAt'>,
): void {
  if (Object.keys(change).every((key) => plain.includes(key))) expected.add({ uuid: UUID, at: Date.parse(UpdatedAt) })
}

/** Whether an event is that of a save of this window; each save has one. */
export function isOwn({ Kind, UUID, At }: Pick<CabinetEvent, 'Kind' | 'UUID' | 'At'>): boolean {
  const at = Date.parse(At)
  for (const save of expected) {
    if (Kind !== 'function.updated' || save.uuid !== UUID || Math.abs(save.at - at) > APART) continue
    expected.delete(save)
    return true
  }
  return false
}
