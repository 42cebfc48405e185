// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Settings } from '../../../src-contract/contract/admin/settings.ts'
import { answer, refusal, renderPart } from '../../testing/render-part.tsx'
import { LimitsCard } from './limits-card.tsx'

const settings: Settings = {
  MaxUploadSize: 2_000_000_000,
  NetworkLinks: 'public',
  Port: null,
  Proxy: null,
  AllowedOrigins: [],
  AllowedHosts: [],
  Url: null,
  HuggingFaceCache: null,
  Fixed: [],
  Warnings: [],
}

/** Types a port and presses Enter. */
async function enterPort(text: string): Promise<HTMLInputElement> {
  const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Port' })
  fireEvent.change(field, { target: { value: text } })
  fireEvent.keyDown(field, { key: 'Enter' })
  return field
}

describe('a number among the settings', () => {
  it('is not sent when the contract does not allow it; the reason is shown and the text kept', async () => {
    const { changes } = renderPart(<LimitsCard />, { 'GET /admin/settings': answer(settings) })
    const field = await enterPort('80')
    expect((await screen.findByRole('alert')).textContent).toContain('1024')
    expect(field.value).toBe('80')
    expect(document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent).toContain('8807')
    expect(field.getAttribute('aria-invalid')).toBe('true')
    expect(changes()).toEqual([])
  })

  it('shows why the cabinet refused it, and Escape brings back what is in effect', async () => {
    renderPart(<LimitsCard />, {
      'GET /admin/settings': answer(settings),
      'PATCH /admin/settings': refusal(409, 'Another program uses port 9000.'),
    })
    const field = await enterPort('9000')
    expect((await screen.findByRole('alert')).textContent).toContain('Another program uses port 9000.')
    fireEvent.keyDown(field, { key: 'Escape' })
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
    expect(field.value).toBe('')
  })

  it('is sent once by Enter', async () => {
    const { changes } = renderPart(<LimitsCard />, {
      'GET /admin/settings': answer(settings),
      'PATCH /admin/settings': answer({ ...settings, Port: 9000 }),
    })
    const field = await enterPort('9000')
    fireEvent.blur(field)
    await waitFor(() => expect(field.value).toBe('9000'))
    expect(changes()).toEqual([{ method: 'PATCH', path: '/admin/settings', json: { Port: 9000 } }])
  })

  it('cannot be changed while a switch fixes it', async () => {
    const fixed = { ...settings, Fixed: [{ Name: 'Port', Switch: '--port' }] }
    renderPart(<LimitsCard />, { 'GET /admin/settings': answer(fixed) })
    expect((await screen.findByRole<HTMLInputElement>('textbox', { name: 'Port' })).disabled).toBe(true)
    expect(screen.getByText('--port')).toBeDefined()
  })
})
