import { expect, it } from 'vitest'
import { z } from 'zod'
import { Inspection, pendingRuntimeCheck } from '../contract/models/inspection.ts'
import { fillIn } from './fill-in.ts'

const Shelf = z.object({
  Name: z.string(),
  Kind: z.enum(['open', 'locked']),
  Height: z.union([z.int(), z.string().regex(/^\d+$/)]),
  Note: z.string().optional(),
  Owner: z.string().nullable(),
  Books: z.array(z.object({ Title: z.string(), Read: z.boolean() })),
})

it('leaves what fits as it is', () => {
  const shelf = { Name: 'a', Kind: 'locked', Height: '12', Owner: 'me', Books: [{ Title: 't', Read: true }] }
  expect(fillIn(Shelf, shelf)).toEqual(shelf)
})

it('fills in what is missing at any depth, and keeps the rest', () => {
  expect(fillIn(Shelf, { Name: 'a', Height: 3, Books: [{ Title: 't' }, { Title: 'u', Read: true }] })).toEqual({
    Name: 'a',
    Kind: 'open',
    Height: 3,
    Owner: null,
    Books: [
      { Title: 't', Read: false },
      { Title: 'u', Read: true },
    ],
  })
})

it.each([null, 'text', 7, [], { Books: 'none', Owner: 5, Height: {} }])('makes something of %j', (value) => {
  expect(fillIn(Shelf, value)).toMatchObject({ Name: '', Kind: 'open', Height: 0, Owner: null, Books: [] })
})

it('makes a report of whatever an older version stored', () => {
  const report = fillIn(Inspection, {
    Graph: { Name: 'g', Nodes: 3 },
    Functions: [{ Domain: 'd', Name: 'f', Nodes: 1 }],
  })
  expect(report.Graph).toMatchObject({ Name: 'g', Nodes: 3, Metadata: [] })
  expect(report.Functions).toEqual([{ Domain: 'd', Name: 'f', Overload: '', Nodes: 1 }])
  expect(report.Runtime).toEqual(pendingRuntimeCheck)
})
