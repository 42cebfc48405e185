// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { dialogs } from '../../lib/state/dialogs.ts'
import { answer, refusal, renderPart } from '../../testing/render-part.tsx'
import { sampleCatalogue, sampleDetail, uuid } from '../../testing/sample-model.ts'
import { CataloguePicker } from './catalogue-picker.tsx'

const model = sampleDetail()
const vision = sampleCatalogue(7, 'Vision')

/** Opens the picker for one model and types into it. */
async function pick(text: string) {
  dialogs.setState({ cataloguePicker: [model.UUID] })
  const api = renderPart(<CataloguePicker />, {
    'GET /catalogues': answer([sampleCatalogue(6, 'Super Vision'), vision]),
    [`GET /function/${model.UUID}`]: answer(model, { ETag: '"1"' }),
    [`PATCH /function/${model.UUID}`]: answer(model, { ETag: '"2"' }),
    'POST /catalogues': refusal(409, 'A catalogue has this name already.'),
  })
  await screen.findByRole('option', { name: /^Super Vision/ })
  const field = screen.getByRole('combobox', { name: 'Catalogue' })
  fireEvent.change(field, { target: { value: text } })
  fireEvent.keyDown(field, { key: 'Enter' })
  return api
}

describe('filing a model into a catalogue', () => {
  afterEach(() => dialogs.setState({ cataloguePicker: null }))

  it('stays open with the reason when a new catalogue is refused, and files nothing', async () => {
    const { changes } = await pick('Audio')
    expect(await screen.findByText('A catalogue has this name already.')).toBeDefined()
    expect(screen.getByRole<HTMLInputElement>('combobox', { name: 'Catalogue' }).value).toBe('Audio')
    expect(changes()).toEqual([{ method: 'POST', path: '/catalogues', json: { Name: 'Audio' } }])
  })

  it('files into the catalogue of exactly that name, makes no second one, and closes', async () => {
    const { changes } = await pick('vision')
    await waitFor(() =>
      expect(changes()).toEqual([
        { method: 'PATCH', path: `/function/${model.UUID}`, json: { Catalogues: [uuid(7)] } },
      ]),
    )
    expect(dialogs.getState().cataloguePicker).toBeNull()
  })
})
