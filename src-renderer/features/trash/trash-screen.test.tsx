// @vitest-environment happy-dom
import { notifications } from '@mantine/notifications'
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { answer, refusal, renderPart } from '../../testing/render-part.tsx'
import { sampleModel } from '../../testing/sample-model.ts'
import { TrashScreen } from './trash-screen.tsx'

const deleted = {
  ...sampleModel(),
  DeletedAt: '2026-11-02T20:17:21.303Z',
  PurgedAfter: '2026-12-02T20:17:21.303Z',
}
const undelete = `/function/${deleted.UUID}/undelete`

const restore = async () => fireEvent.click(await screen.findByRole('button', { name: 'Restore super_resolution' }))

describe('the trash', () => {
  afterEach(() => void notifications.clean())

  it('keeps a model that could not be restored, and says why', async () => {
    renderPart(<TrashScreen />, {
      'GET /functions/trash': answer([deleted]),
      [`POST ${undelete}`]: refusal(410, 'Its file is gone.'),
    })
    await restore()
    expect(await screen.findByText(/Its file is gone\./)).toBeDefined()
    expect(screen.getByRole('button', { name: 'Restore super_resolution' })).toBeDefined()
  })

  it('no longer shows a model that was restored, and offers to undo that', async () => {
    const { answers, changes } = renderPart(<TrashScreen />, {
      'GET /functions/trash': answer([deleted]),
      [`POST ${undelete}`]: answer({ ...sampleModel(), Paths: [], Downloads: [] }),
    })
    await screen.findByRole('table')
    answers['GET /functions/trash'] = answer([])
    await restore()
    await waitFor(() => expect(screen.queryByRole('table')).toBeNull())
    expect(changes().map(({ method, path }) => `${method} ${path}`)).toEqual([`POST ${undelete}`])
    expect(await screen.findByRole('button', { name: 'Undo' })).toBeDefined()
  })

  it('says why it could not be read, and does not claim to be empty', async () => {
    renderPart(<TrashScreen />, { 'GET /functions/trash': refusal(500, 'The disk cannot be read.') })
    expect(await screen.findByText('The disk cannot be read.')).toBeDefined()
    expect(screen.queryByText(/empty/)).toBeNull()
  })
})
