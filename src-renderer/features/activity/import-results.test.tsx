// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { type ImportItem, importQueue } from '../../actions/import/import-queue.ts'
import { renderPart } from '../../testing/render-part.tsx'
import { uuid } from '../../testing/sample-model.ts'
import { ImportResults } from './import-results.tsx'

const item = (name: string, changes: Partial<ImportItem>): ImportItem => ({
  id: name,
  name,
  source: name,
  catalogue: undefined,
  state: 'imported',
  done: 0,
  total: 0,
  message: '',
  ...changes,
})

describe('the results of an import', () => {
  beforeEach(() =>
    importQueue.setState({
      items: [
        item('good.onnx', { uuid: uuid(1) }),
        item('bad.onnx', { state: 'refused', message: 'The file is not an ONNX model.' }),
      ],
      open: true,
      paused: true,
    }),
  )

  it('name what was refused first, with the reason, and link to what was imported', () => {
    renderPart(<ImportResults />)
    const [first, second] = screen.getAllByRole('listitem')
    expect(first?.textContent).toContain('bad.onnx')
    expect(first?.textContent).toContain('The file is not an ONNX model.')
    const link = second && within(second).getByRole('link', { name: 'good.onnx' })
    expect(link?.getAttribute('href')).toBe(`/function/${uuid(1)}`)
  })

  it('are tried again only where they were refused', () => {
    renderPart(<ImportResults />)
    fireEvent.click(screen.getByRole('button', { name: /again/ }))
    expect(importQueue.getState().items.map(({ name, state }) => [name, state])).toEqual([
      ['good.onnx', 'imported'],
      ['bad.onnx', 'waiting'],
    ])
  })

  it('show all that went wrong of a long import, and how many lines were left out', async () => {
    const many = Array.from({ length: 1_250 }, (_, index) => item(`${index}.onnx`, {}))
    renderPart(<ImportResults />)
    importQueue.setState(({ items }) => ({ items: [...many, ...items] }))
    await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(200))
    expect(screen.getAllByRole('listitem')[0]?.textContent).toContain('bad.onnx')
    expect(screen.getByText(/1,052/)).toBeDefined()
  })
})
