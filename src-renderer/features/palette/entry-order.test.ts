import { expect, it } from 'vitest'
import { fits, inOrder } from './entry-order.ts'

const labels = (...all: string[]) => all.map((label) => ({ label }))
const models = labels('start_net', 'silero')
const commands = labels('Show starred', 'Settings', 'Star this model')
const order = (text: string) => inOrder([models, commands], text).map(({ label }) => label)

it('takes the command that was typed, not a model that merely has to do with it', () => {
  expect(order('sett')[0]).toBe('Settings')
  expect(order('sett').slice(-2)).toEqual(['start_net', 'silero'])
})

it('leaves models first where their name was typed, also beside a command that begins so', () => {
  expect(order('sil')[0]).toBe('silero')
  expect(order('star')).toEqual(['start_net', 'silero', 'Star this model', 'Show starred', 'Settings'])
})

it('moves nothing before anything was typed', () => {
  expect(order('')).toEqual(['start_net', 'silero', 'Show starred', 'Settings', 'Star this model'])
})

it('finds words in any order', () => {
  expect(fits('Add to a catalogue', 'catalogue add')).toBe(true)
  expect(fits('Add to a catalogue', 'catalogue drop')).toBe(false)
})
