// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { chipWords } from '../../../lib/state/filters.ts'
import { renderPart } from '../../../testing/render-part.tsx'
import { FilterChip } from './filter-chip.tsx'

/** The chip of a filter on the width from 200 to 640, and what it reports. */
function renderChip() {
  const onSet = vi.fn()
  const onRemove = vi.fn()
  const words = chipWords('Width', '200-640', () => undefined)
  renderPart(<FilterChip name="Width" value="200-640" words={words} onSet={onSet} onRemove={onRemove} />)
  return { onSet, onRemove, change: screen.getByRole('button', { name: /^Change/ }) }
}

/** Opens the editor of the chip and submits another maximum. */
async function submitMaximum(change: HTMLElement, maximum: string): Promise<HTMLElement> {
  fireEvent.click(change)
  const field = await screen.findByRole('textbox', { name: /^To/ })
  fireEvent.change(field, { target: { value: maximum } })
  const form = field.closest('form')
  if (form) fireEvent.submit(form)
  return field
}

describe('the chip of a filter', () => {
  it('does not apply a maximum below the minimum, and says why', async () => {
    const { change, onSet } = renderChip()
    const field = await submitMaximum(change, '100')
    expect(onSet).not.toHaveBeenCalled()
    expect(field.closest('form')?.querySelector('p')?.textContent).toMatch(/minimum/)
  })

  it('applies a range that makes sense', async () => {
    const { change, onSet } = renderChip()
    await submitMaximum(change, '800')
    expect(onSet.mock.calls).toEqual([['Width', '200-800']])
  })

  it('is removed by its cross and by Delete, but not by a Delete that is typed in its editor', async () => {
    const { change, onRemove } = renderChip()
    fireEvent.click(screen.getByRole('button', { name: /^Remove/ }))
    fireEvent.keyDown(change, { key: 'Delete' })
    expect(onRemove).toHaveBeenCalledTimes(2)
    fireEvent.click(change)
    fireEvent.keyDown(await screen.findByRole('textbox', { name: /^To/ }), { key: 'Delete' })
    expect(onRemove).toHaveBeenCalledTimes(2)
  })
})
