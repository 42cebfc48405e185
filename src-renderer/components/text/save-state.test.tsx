// @vitest-environment happy-dom
import { act, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { renderPart } from '../../testing/render-part.tsx'
import { SaveState } from './save-state.tsx'

describe('how saving goes', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('gives the reason for a refusal as an alert, and keeps it', () => {
    renderPart(<SaveState saving={{ state: 'refused', sentence: 'The name is taken.' }} />)
    act(() => void vi.advanceTimersByTime(60_000))
    expect(screen.getByRole('alert').textContent).toContain('The name is taken.')
  })

  it('says that it is saving only when that takes a while', () => {
    renderPart(<SaveState saving={{ state: 'saving', sentence: '' }} />)
    expect(screen.getByRole('status').textContent).toBe('')
    act(() => void vi.advanceTimersByTime(250))
    expect(screen.getByRole('status').textContent).not.toBe('')
  })

  it('says that it was saved, for a moment', () => {
    renderPart(<SaveState saving={{ state: 'saved', sentence: '' }} />)
    expect(screen.getByRole('status').textContent).not.toBe('')
    act(() => void vi.advanceTimersByTime(3_100))
    expect(screen.getByRole('status').textContent).toBe('')
  })
})
