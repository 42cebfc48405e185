// @vitest-environment happy-dom
import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { Job } from '../../../src-contract/contract/admin/job.ts'
import { renderPart } from '../../testing/render-part.tsx'
import { uuid } from '../../testing/sample-model.ts'
import { JobList } from './job-list.tsx'

// Protects people who import again what they had deleted: they see where it is.

const imported = (Trashed: number, Outcome: string) =>
  Job.parse({
    UUID: uuid(1),
    Kind: 'import',
    Title: 'Importing /models',
    State: 'done',
    Unit: 'files',
    Done: 1,
    Total: 1,
    Message: '',
    Failures: [],
    FailureCount: 0,
    Result: { Trashed, Files: [{ Path: '/models/net.onnx', Outcome, UUID: uuid(2) }] },
    Rate: null,
    StartedAt: '2026-01-01T00:00:00.000Z',
    EndedAt: '2026-01-01T00:00:00.000Z',
  })

it('an import of what lies in the trash offers it back', () => {
  renderPart(<JobList jobs={[imported(1, 'trashed')]} />)
  expect(screen.getByRole('link', { name: 'Restore from the trash' }).getAttribute('href')).toBe('/trash')
  expect(screen.getByText('In the trash')).toBeDefined()
})

it('an import of nothing in the trash does not speak of it', () => {
  renderPart(<JobList jobs={[imported(0, 'imported')]} />)
  expect(screen.queryByText(/trash/)).toBeNull()
})
