// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core'
import { fireEvent, screen } from '@testing-library/react'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fieldTerm } from '../../../../src-contract/contract/functions/order-terms.ts'
import { layout, NARROWEST } from '../../../lib/state/layout.ts'
import { renderPart } from '../../../testing/render-part.tsx'
import { ColumnHeader, directionOf, nextOrder } from './column-header.tsx'
import { columns } from './columns.tsx'

describe('sorting by columns', () => {
  it('begins with A for names and with the newest for dates, and turns over', () => {
    expect(nextOrder(undefined, 'Name', false)).toBe('Name')
    expect(nextOrder('Name', 'Name', false)).toBe('-Name')
    expect(nextOrder(undefined, 'UpdatedAt', false)).toBe('-UpdatedAt')
  })

  it('adds a field whose name has a comma in it, and turns it over', () => {
    const column = fieldTerm('accuracy, top-1')
    const order = nextOrder('Field.stage', column, true)
    expect(directionOf(order, column)).toBe('ascending')
    expect(nextOrder(order, column, true)).toBe(`Field.stage,-${column}`)
  })

  it('adds a column behind the others, and turns one over where it stands', () => {
    expect(nextOrder('Name', 'UpdatedAt', true)).toBe('Name,-UpdatedAt')
    expect(nextOrder('Name,-UpdatedAt', 'Name', true)).toBe('-Name,-UpdatedAt')
    expect(nextOrder('Name,-UpdatedAt', 'Name', false)).toBe('-Name')
  })
})

it('is one stop of the Tab key, whatever the number of columns, and each column has an edge that tells its width', () => {
  const header = renderToStaticMarkup(
    <MantineProvider>
      <ColumnHeader columns={columns} order="-UpdatedAt" onOrder={() => undefined} />
    </MantineProvider>,
  )
  expect(header.match(/tabindex="0"/g)).toHaveLength(1)
  expect(header.match(/<button/g)).toHaveLength(columns.filter(({ sort }) => sort).length)
  for (const { label } of columns) {
    expect(header).toMatch(
      new RegExp(`role="separator" tabindex="-1"[^>]* aria-label="Width of ${label}" aria-valuenow="\\d+"`),
    )
  }
})

describe('the names of the columns', () => {
  beforeEach(() => layout.setState({ columnWidths: {} }))

  /** The header of the list by name, its first column, and what it reports. */
  function renderHeader() {
    const onOrder = vi.fn()
    renderPart(<ColumnHeader columns={columns} order="Name" onOrder={onOrder} />)
    return { onOrder, name: screen.getByRole('button', { name: 'Name' }) }
  }

  it('say how the list is sorted, turn that over by a click, and add to it with Shift', () => {
    const { onOrder, name } = renderHeader()
    expect(screen.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('ascending')
    fireEvent.click(name)
    fireEvent.click(screen.getByRole('button', { name: 'Size' }), { shiftKey: true })
    expect(onOrder.mock.calls).toEqual([['-Name'], ['Name,-Size']])
  })

  it('resize a column by Shift and an arrow, never below the narrowest width, and Delete resets it', () => {
    const { name } = renderHeader()
    name.focus()
    fireEvent.keyDown(name, { key: 'ArrowLeft', shiftKey: true })
    expect(Object.values(layout.getState().columnWidths)).toEqual([NARROWEST])
    const edge = screen.getByRole('separator', { name: 'Width of Name' })
    expect(document.activeElement).toBe(edge)
    fireEvent.keyDown(edge, { key: 'Delete' })
    expect(layout.getState().columnWidths).toEqual({})
  })

  it('leave the widths alone when an arrow key without Shift goes to the next name', () => {
    const { name } = renderHeader()
    name.focus()
    fireEvent.keyDown(name, { key: 'ArrowRight' })
    expect(document.activeElement).not.toBe(name)
    expect(document.activeElement?.hasAttribute('data-name')).toBe(true)
    expect(layout.getState().columnWidths).toEqual({})
  })
})
