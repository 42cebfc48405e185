import { createHash } from 'node:crypto'
import { MOST_FIELDS } from '../../../src-contract/contract/functions/function.ts'
import type { CardReading } from '../../reader/tasks/card-tasks.ts'
import type { AppliedCard } from '../../store/repositories/function-repository.ts'
import type { FunctionState } from '../functions/function-state.ts'

const texts = ['Documentation', 'Licence', 'SourceTask', 'SourceBaseModel'] as const
const FIELD = 'Fields.'

/**
 * Fills from a card what is empty, or what an earlier card filled and nobody changed since. What a person wrote or removed stays so, whatever
 * later cards say.
 */
export function applyCard(
  state: FunctionState,
  { name, card }: { name: string; card: CardReading },
  last: AppliedCard | null,
): { state: FunctionState; applied: AppliedCard } {
  const after = { ...state, Fields: { ...state.Fields } }
  const Values = { ...last?.Values }
  const said = valuesOf(card)
  for (const [key, value] of said) {
    if (value === undefined) continue
    const now = valueAt(after, key)
    const known = last?.Values[key]
    if (known === undefined ? now === undefined : known === digestOf(now)) put(after, key, card)
    Values[key] = digestOf(value)
  }
  return { state: after, applied: { Name: name, Problem: card.Problem, Values } }
}

/** The names of what still says what the card said. */
export function filledBy({ Values }: AppliedCard, state: FunctionState): string[] {
  return Object.keys(Values).filter((key) => {
    const value = valueAt(state, key)
    return value !== undefined && digestOf(value) === Values[key]
  })
}

type Values = Pick<FunctionState, (typeof texts)[number] | 'Tags' | 'Fields'>

/** Undefined where it is empty. */
function valueAt(values: Values, key: string): unknown {
  if (key === 'Tags') return values.Tags.length > 0 ? values.Tags : undefined
  const name = texts.find((one) => one === key)
  if (name !== undefined) return values[name] || undefined
  const field = key.slice(FIELD.length)
  return Object.hasOwn(values.Fields, field) ? values.Fields[field] : undefined
}

const valuesOf = (card: Values) =>
  [...texts, 'Tags', ...Object.keys(card.Fields).map((name) => FIELD + name)].map(
    (key) => [key, valueAt(card, key)] as const,
  )

function put(state: Values, key: string, card: Values): void {
  const name = texts.find((one) => one === key)
  if (name === 'Documentation') state.Documentation = card.Documentation
  else if (name !== undefined) state[name] = card[name]
  else if (key === 'Tags') state.Tags = card.Tags
  else {
    const field = key.slice(FIELD.length)
    const value = card.Fields[field]
    const isRoom = Object.hasOwn(state.Fields, field) || Object.keys(state.Fields).length < MOST_FIELDS
    if (value !== undefined && isRoom) state.Fields[field] = value
  }
}

const digestOf = (value: unknown) =>
  createHash('sha256')
    .update(JSON.stringify(value) ?? '')
    .digest('hex')
    .slice(0, 32)
