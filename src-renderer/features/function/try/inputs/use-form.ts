import { useState } from 'react'
import type { GraphValue } from '../../../../../src-contract/contract/models/inspection.ts'
import { symbolicSizes } from '../../../../../src-contract/util/symbolic-sizes.ts'
import { firstChoice, type InputChoice, toldDimensions } from './input-choice.ts'
import { type Form, prefilled } from './prefill.ts'

/** The form of a run: filled in with something that runs, until the person changes it. */
export function useForm(inputs: readonly GraphValue[]) {
  const [forms] = useState(() => prefilled(inputs))
  const [form, setForm] = useState<Form>(forms[0])
  const [touched, setTouched] = useState(false)
  const change = (next: Partial<Form>) => {
    setTouched(true)
    setForm((now) => ({ ...now, ...next }))
  }
  return {
    form,
    /** What to try: what the person typed, or one thing after the other until it runs. */
    attempts: touched ? [form] : forms,
    choiceOf: (name: string): InputChoice => form.choices[name] ?? firstChoice,
    setChoice: (name: string, choice: InputChoice) => {
      setTouched(true)
      // Files are read meanwhile: what else was changed must stay.
      setForm((now) => ({ ...now, choices: { ...now.choices, [name]: choice } }))
    },
    setDimension(symbol: string, size: number) {
      const told = Object.entries({ ...toldDimensions(inputs, {}, form.dimensions), [symbol]: size })
      change({ dimensions: Object.fromEntries(symbolicSizes(inputs, new Map(told)).sizes) })
    },
    setAll: (kind: 'random' | 'zeros') =>
      change({
        choices: Object.fromEntries(
          inputs.map(({ Name }) => {
            const now = form.choices[Name]
            // Values that were given or are known to be needed stay.
            if (now && now.kind !== 'random' && now.kind !== 'zeros') return [Name, now]
            const shape = now && 'shape' in now && now.shape !== undefined ? { shape: now.shape } : {}
            return [Name, kind === 'zeros' ? { kind, ...shape } : { kind, seed: 0, ...shape }]
          }),
        ),
      }),
    /** Shows what ran, where something else did than was filled in first. */
    show: (ran: Form) => setForm(ran),
  }
}
