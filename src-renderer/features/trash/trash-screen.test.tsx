// @vitest-environment happy-dom
import { notifications } from '@mantine/notifications'
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { answer, refusal, renderPart } from '../../testing/render-part.tsx'
import { sampleDetail, sampleModel } from '../../testing/sample-model.ts'
import { TrashScreen } from './trash-screen.tsx'

const deleted = {
  ...sampleModel(),
  DeletedAt: '2026-11-02T20:17:21.303Z',
  PurgedAfter: '2026-12-02T20:17:21.303Z',
}
const other = '6a0b2a53-6f3c-4f8c-9a38-1f3f6f0c1d2e'
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
      [`POST ${undelete}`]: answer(sampleDetail()),
    })
    await screen.findByRole('table')
    answers['GET /functions/trash'] = answer([])
    await restore()
    await waitFor(() => expect(screen.queryByRole('table')).toBeNull())
    expect(changes().map(({ method, path }) => `${method} ${path}`)).toEqual([`POST ${undelete}`])
    expect(await screen.findByRole('button', { name: 'Undo' })).toBeDefined()
  })

  it('asks before it deletes for good, and then deletes just what was chosen', async () => {
    const { changes } = renderPart(<TrashScreen />, {
      'GET /functions/trash': answer([deleted, { ...deleted, UUID: other, Name: 'kept' }]),
      'POST /functions/bulk': refusal(500, 'Enough seen.'),
    })
    fireEvent.click(await screen.findByRole('checkbox', { name: 'Select super_resolution' }))
    fireEvent.click(screen.getByRole('button', { name: 'Delete 1 model for good…' }))
    expect(changes()).toEqual([])
    fireEvent.click(screen.getByRole('button', { name: 'Delete for good' }))
    await waitFor(() => expect(changes()).toHaveLength(1))
    expect(changes()[0]?.json).toMatchObject({ Functions: [deleted.UUID], Change: { Purge: true } })
  })

  it('says how many there are, and reads the others when asked', async () => {
    const page = answer([deleted], { 'x-pagination-records': '2' })
    const { answers } = renderPart(<TrashScreen />, { 'GET /functions/trash': page })
    expect(await screen.findByText(/2 models/)).toBeDefined()
    const next = answer([{ ...deleted, UUID: other, Name: 'older' }], { 'x-pagination-records': '2' })
    answers['GET /functions/trash'] = next
    fireEvent.click(screen.getByRole('button', { name: 'Show more' }))
    expect(await screen.findByText('older')).toBeDefined()
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull()
  })

  it('says why it could not be read, and does not claim to be empty', async () => {
    renderPart(<TrashScreen />, { 'GET /functions/trash': refusal(500, 'The disk cannot be read.') })
    expect(await screen.findByText('The disk cannot be read.')).toBeDefined()
    expect(screen.queryByText(/empty/)).toBeNull()
  })
})
