import { MantineProvider } from '@mantine/core'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { fieldTerm } from '../../../../src-contract/contract/functions/order-terms.ts'
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
