// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { answer, refusal, renderPart } from '../../../testing/render-part.tsx'
import { sampleDetail } from '../../../testing/sample-model.ts'
import { FieldsCard } from './fields-card.tsx'

const model = sampleDetail({ Fields: { accuracy: 0.9, run: 'b7' } })
const path = `/function/${model.UUID}`

/** Adds a field by its form. */
function add(name: string, value: string): void {
  fireEvent.click(screen.getByRole('button', { name: 'Add a field' }))
  const field = screen.getByRole('textbox', { name: /^Name/ })
  fireEvent.change(field, { target: { value: name } })
  fireEvent.change(screen.getByRole('textbox', { name: /^Value/ }), { target: { value } })
  const form = field.closest('form')
  if (form) fireEvent.submit(form)
}

describe('the custom fields of a model', () => {
  it('keep what was typed for a new field that is refused, and say why', async () => {
    renderPart(<FieldsCard model={model} />, { [`PATCH ${path}`]: refusal(400, 'There are 50 fields already.') })
    add('dataset', 'ICDAR')
    expect((await screen.findByRole('alert')).textContent).toContain('There are 50 fields already.')
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: /^Name/ }).value).toBe('dataset')
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: /^Value/ }).value).toBe('ICDAR')
  })

  it('are sent alone when one is added, numbers as numbers', async () => {
    const { changes } = renderPart(<FieldsCard model={model} />, { [`PATCH ${path}`]: answer(model) })
    add(' epochs ', '30')
    await waitFor(() => expect(screen.queryByRole('textbox')).toBeNull())
    expect(changes()).toEqual([{ method: 'PATCH', path, json: { Fields: { epochs: 30 } } }])
  })

  it('are removed one by one', async () => {
    const { changes } = renderPart(<FieldsCard model={model} />, { [`PATCH ${path}`]: answer(model) })
    fireEvent.click(screen.getByRole('button', { name: 'Remove accuracy' }))
    await waitFor(() => expect(changes()).toEqual([{ method: 'PATCH', path, json: { Fields: { accuracy: null } } }]))
  })
})
