// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { filterDefinitions } from '../../../lib/state/filters.ts'
import { answer, renderPart } from '../../../testing/render-part.tsx'
import { FilterEditor } from './filter-editor.tsx'

/** The editor of a filter, and what it was set to. */
function edit(name: string, now?: { name: string; value: string }) {
  const filter = filterDefinitions.find((one) => one.name === name)
  if (!filter) throw new Error(`There is no filter ${name}.`)
  const onSet = vi.fn()
  const fields = [{ Name: 'accuracy', Count: 2, Numbers: 2 }]
  renderPart(<FilterEditor filter={filter} now={now} onSet={onSet} />, { 'GET /functions/fields': answer(fields) })
  return onSet.mock.calls
}

const choose = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
const turn = (name: string) => fireEvent.click(screen.getByRole('radio', { name }))
const fill = (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } })
const submit = () => choose('Filter')

describe('the editor of a filter', () => {
  it('leaves out what it finds', () => {
    const set = edit('Status')
    turn('is not')
    choose('no file yet')
    turn('is')
    choose('downloading')
    expect(set).toEqual([
      ['Not.Status', 'new'],
      ['Status', 'downloading'],
    ])
  })

  it('shows that it does, and turns back', () => {
    const set = edit('Opset', { name: 'Not.Opset', value: '9-' })
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'is not' }).checked).toBe(true)
    turn('is')
    submit()
    expect(set).toEqual([['Opset', '9-']])
  })

  it('asks for a period, or for a day as it begins here', () => {
    const set = edit('UpdatedSince')
    choose('last 7 days')
    turn('before')
    fill(screen.getByLabelText('Date'), '2026-01-31')
    submit()
    expect(set).toEqual([
      ['UpdatedSince', '7d'],
      ['Not.UpdatedSince', new Date(2026, 0, 31).toISOString()],
    ])
  })

  it('asks what a model has or lacks, custom fields included', () => {
    const set = edit('Has.', { name: 'Has.Alias', value: 'false' })
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'has no' }).checked).toBe(true)
    choose('documentation')
    turn('has')
    fill(screen.getByRole('combobox', { name: 'Custom field' }), ' accuracy ')
    submit()
    expect(set).toEqual([
      ['Has.Documentation', 'false'],
      ['Has.Field.accuracy', 'true'],
    ])
  })

  it('does not send a comparison that finds nothing, and says how to write it', () => {
    const set = edit('Field.', { name: 'Field.accuracy', value: '0.9-' })
    fill(screen.getByRole('textbox', { name: /^Value/ }), '>0.9')
    expect(screen.getByText(/0.9- for at least/)).toBeTruthy()
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Filter' }).disabled).toBe(true)
    expect(set).toEqual([])
  })
})
