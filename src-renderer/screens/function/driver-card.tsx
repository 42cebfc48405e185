import { z } from 'zod'
import type { FunctionDetail } from '../../../src-contract/function.ts'
import { Card } from '../../components/card.tsx'
import { EditableText } from '../../components/editable-text.tsx'
import { Fact } from '../../components/fact.tsx'
import { SaveState } from '../../components/save-state.tsx'
import { useSave } from './use-save.ts'

type Details = FunctionDetail['InputDriverDetails']

const numberOf = (text: string): number => {
  const value = Number(text.trim().replace(',', '.'))
  if (text.trim() === '' || !Number.isFinite(value)) throw new Error(`“${text}” is not a number.`)
  return value
}

const numbersOf = (text: string): number[] =>
  text
    .trim()
    .split(/[\s;]+/)
    .map(numberOf)

const orders: Record<string, number> = { NCHW: 0, NHWC: 1 }

/** What the vision driver's details mean (contract.md 2), as people write them. */
const visionFields = [
  { key: 'width', label: 'Width', placeholder: 'any', read: numberOf },
  { key: 'height', label: 'Height', placeholder: 'any', read: numberOf },
  { key: 'channels', label: 'Channels', placeholder: 'any', read: numberOf },
  { key: 'order', label: 'Order', placeholder: 'NCHW', read: (text: string) => readOrder(text) },
  { key: 'means', label: 'Mean', placeholder: 'one number a channel', read: numbersOf },
  { key: 'vars', label: 'Scale', placeholder: 'one number a channel', read: numbersOf },
] as const

function readOrder(text: string): number {
  const order = orders[text.trim().toUpperCase()]
  if (order === undefined) throw new Error('The order is NCHW or NHWC.')
  return order
}

function written(details: Details, key: string): string {
  const value = details[key]
  if (value === undefined || value === null) return ''
  if (key === 'order') return value === 1 ? 'NHWC' : 'NCHW'
  return Array.isArray(value) ? value.join(' ') : String(value)
}

const DetailsText = z.record(z.string(), z.json())

type Side = 'InputDriver' | 'OutputDriver'

/** How pictures become tensors: the driver, and for vision its settings one by one. */
export function DriverCard({ model, side }: { model: FunctionDetail; side: Side }) {
  const { save, saving } = useSave(model.UUID)
  const details = side === 'InputDriver' ? model.InputDriverDetails : model.OutputDriverDetails
  const saveDetails = (next: Details) =>
    save(side === 'InputDriver' ? { InputDriverDetails: next } : { OutputDriverDetails: next })
  const set = async (key: string, text: string, read: (text: string) => number | number[]) => {
    const others = Object.fromEntries(Object.entries(details).filter(([other]) => other !== key))
    await saveDetails(text === '' ? others : { ...others, [key]: read(text) })
  }
  return (
    <Card title={side === 'InputDriver' ? 'Input driver' : 'Output driver'} actions={<SaveState saving={saving} />}>
      <dl style={{ margin: 0 }}>
        <Fact label="Driver">
          <EditableText
            label={side === 'InputDriver' ? 'the input driver' : 'the output driver'}
            placeholder="none"
            value={model[side]}
            onSave={(text) => save(side === 'InputDriver' ? { InputDriver: text } : { OutputDriver: text })}
          />
        </Fact>
        {model[side] === 'vision' && side === 'InputDriver' ? (
          visionFields.map(({ key, label, placeholder, read }) => (
            <Fact key={key} label={label}>
              <EditableText
                label={label}
                placeholder={placeholder}
                value={written(details, key)}
                onSave={(text) => set(key, text, read)}
              />
            </Fact>
          ))
        ) : (
          <Fact label="Details">
            <EditableText
              label="the driver’s details as JSON"
              placeholder="none"
              maxLength={65_536}
              value={Object.keys(details).length === 0 ? '' : JSON.stringify(details)}
              onSave={(text) => saveDetails(text === '' ? {} : DetailsText.parse(JSON.parse(text)))}
            />
          </Fact>
        )}
      </dl>
    </Card>
  )
}
