// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { answer, refusal, renderPart } from '../../../testing/render-part.tsx'
import { sampleDetail, sampleModel, uuid } from '../../../testing/sample-model.ts'
import { ModelPicker, siblingWords } from './model-picker.tsx'

describe('the words that find siblings of a model', () => {
  it('leave versions out', () => {
    expect(siblingWords('silero_vad_v5')).toBe('silero vad')
    expect(siblingWords('resnet-50 (2023).final')).toBe('resnet final')
  })

  it('may be none', () => {
    expect(siblingWords('v2')).toBe('')
  })
})

describe('the model to compare with', () => {
  const model = sampleDetail()
  const other = sampleModel({ UUID: uuid(2), Name: 'super_other', NamedInput: [] })
  const alike = sampleModel({ UUID: uuid(3), Name: 'super_alike' })

  it('says why no model could be listed', async () => {
    renderPart(<ModelPicker model={model} onPick={vi.fn()} />, {
      'GET /functions': refusal(400, 'The list is broken.'),
    })
    expect((await screen.findByRole('alert')).textContent).toBe('The list is broken.')
  })

  it('is first one with the same signature, never the model itself, and the arrow keys and Enter pick', async () => {
    const onPick = vi.fn()
    renderPart(<ModelPicker model={model} onPick={onPick} />, {
      'GET /functions': answer([sampleModel(), other, alike]),
    })
    await screen.findAllByRole('option')
    expect(
      screen.getAllByRole('option').map(({ textContent }) => textContent?.match(/super_(alike|other|resolution)/)?.[0]),
    ).toEqual(['super_alike', 'super_other'])
    const field = screen.getByRole('combobox')
    fireEvent.keyDown(field, { key: 'ArrowDown' })
    fireEvent.keyDown(field, { key: 'Enter' })
    expect(onPick.mock.calls).toEqual([[other.UUID]])
  })

  it('is not picked from the former list while the one for new words is awaited', async () => {
    const onPick = vi.fn()
    const { sent } = renderPart(<ModelPicker model={model} onPick={onPick} />, { 'GET /functions': answer([alike]) })
    await screen.findByRole('option')
    const field = screen.getByRole('combobox')
    fireEvent.change(field, { target: { value: 'super_alike' } })
    fireEvent.keyDown(field, { key: 'Enter' })
    expect(onPick).not.toHaveBeenCalled()
    await waitFor(() => expect(sent.some(({ path }) => path.includes('q=super_alike'))).toBe(true))
    await waitFor(() => {
      fireEvent.keyDown(field, { key: 'Enter' })
      expect(onPick).toHaveBeenCalledWith(alike.UUID)
    })
  })
})
