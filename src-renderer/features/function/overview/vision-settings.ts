import type { FunctionDetail } from '../../../../src-contract/contract/functions/function.ts'

export type Details = FunctionDetail['InputDriverDetails']

/** @throws Error with a sentence where the text is no number */
function numberOf(text: string): number {
  const value = Number(text.trim().replace(',', '.'))
  if (text.trim() === '' || !Number.isFinite(value)) throw new Error(`“${text}” is not a number.`)
  return value
}

function sizeOf(text: string): number {
  const value = numberOf(text)
  if (!Number.isInteger(value) || value < 1) throw new Error(`“${text}” is not a size in pixels.`)
  return value
}

function channelsOf(text: string): number {
  const value = numberOf(text)
  if (![1, 3, 4].includes(value)) throw new Error('A picture has 1, 3 or 4 channels.')
  return value
}

const numbersOf = (text: string): number[] =>
  text
    .trim()
    .split(/[\s;]+/)
    .map(numberOf)

function scalesOf(text: string): number[] {
  const values = numbersOf(text)
  if (values.includes(0)) throw new Error('Scale cannot be 0.')
  return values
}

/** What the vision driver's details mean (contract.md 2), as people write them; `read` throws an Error with a sentence. */
export const visionSettings = [
  { key: 'width', label: 'Width', placeholder: 'any', read: sizeOf },
  { key: 'height', label: 'Height', placeholder: 'any', read: sizeOf },
  { key: 'channels', label: 'Channels', placeholder: 'any', read: channelsOf },
  { key: 'means', label: 'Mean', placeholder: 'per channel: 127.5 127.5 127.5', read: numbersOf },
  { key: 'vars', label: 'Scale', placeholder: 'divisor: 127.5', read: scalesOf },
] as const

/** A setting as text; empty where it is not set. */
export function writtenSetting(details: Details, key: string): string {
  const value = details[key]
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.join(' ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** The details with one setting changed; an empty text takes it away. */
export function withSetting(details: Details, key: string, value: number | number[] | null): Details {
  const others = Object.fromEntries(Object.entries(details).filter(([other]) => other !== key))
  return value === null ? others : { ...others, [key]: value }
}
