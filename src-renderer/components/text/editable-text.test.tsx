// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { renderPart } from '../../testing/render-part.tsx'
import { EditableText } from './editable-text.tsx'

/** Opens the field and types into it. */
function type(text: string, onSave: (text: string) => Promise<unknown>): HTMLElement {
  renderPart(<EditableText label="alias" value="before" placeholder="none" onSave={onSave} />)
  fireEvent.click(screen.getByRole('button', { name: /alias/ }))
  const field = screen.getByRole('textbox', { name: 'alias' })
  fireEvent.change(field, { target: { value: text } })
  return field
}

describe('a text that is edited in place', () => {
  it('keeps a refused text in the field to be corrected', async () => {
    const onSave = vi.fn(() => Promise.reject(new Error('taken')))
    fireEvent.keyDown(type('after', onSave), { key: 'Enter' })
    await waitFor(() => expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'alias' }).value).toBe('after'))
    expect(onSave).toHaveBeenCalledOnce()
  })

  it('saves nothing after Escape, and shows the former text', () => {
    const onSave = vi.fn(async () => undefined)
    fireEvent.keyDown(type('after', onSave), { key: 'Escape' })
    expect(onSave).not.toHaveBeenCalled()
    expect(screen.getByRole('button', { name: /alias/ }).textContent).toBe('before')
  })

  it.each([
    ['Enter', (field: HTMLElement) => fireEvent.keyDown(field, { key: 'Enter' })],
    ['leaving the field', fireEvent.blur],
  ])('saves once on %s, without spaces at the ends', async (_, leave) => {
    const onSave = vi.fn(async () => undefined)
    leave(type(' after ', onSave))
    await screen.findByRole('button', { name: /alias/ })
    expect(onSave.mock.calls).toEqual([['after']])
  })

  it('does not save a text that is as it was', () => {
    const onSave = vi.fn(async () => undefined)
    fireEvent.blur(type(' before ', onSave))
    expect(onSave).not.toHaveBeenCalled()
  })
})
