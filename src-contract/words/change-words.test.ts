import { expect, it } from 'vitest'
import type { BulkChange } from '../contract/admin/job.ts'
import { changeWords } from './change-words.ts'

// Protects the one place where a change of many models gets its words, for notices, activity and the system's notices.

const vision = '00000000-0000-4000-8000-000000000001'
const gone = '00000000-0000-4000-8000-000000000002'
const words = (change: BulkChange) => {
  const { doing, done } = changeWords(change, (uuid) => (uuid === vision ? 'Vision' : undefined))
  return [doing('12 models'), done('12 models')]
}

it('claims no more than it knows of a change of several things, or of a catalogue that is gone', () => {
  expect(words({ Set: { Starred: true, SourceName: 'hub' } })).toEqual(['Changing 12 models', '12 models changed'])
  expect(words({ Set: { Starred: true }, AddCatalogues: [vision] })[0]).toBe('Changing 12 models')
  expect(words({ SetFields: { owner: 'Ada', stage: null } })[0]).toBe('Changing 12 models')
  expect(words({ AddCatalogues: [gone] })[0]).toBe('Adding 12 models to a catalogue')
  expect(words({ AddCatalogues: [vision, gone] })[0]).toBe('Adding 12 models to 2 catalogues')
})

it('says what it does and, later, did', () => {
  expect(words({ Set: { Starred: true } })).toEqual(['Starring 12 models', '12 models starred'])
  expect(words({ Set: { Starred: false } })).toEqual(['Unstarring 12 models', '12 models unstarred'])
  expect(words({ AddCatalogues: [vision] })).toEqual(['Adding 12 models to Vision', '12 models added to Vision'])
  expect(words({ RemoveCatalogues: [vision] })).toEqual([
    'Removing 12 models from Vision',
    '12 models removed from Vision',
  ])
  expect(words({ SetFields: { owner: 'Ada' } })).toEqual(['Setting owner on 12 models', 'owner was set on 12 models'])
  expect(words({ SetFields: { owner: null } })).toEqual([
    'Removing owner from 12 models',
    'owner was removed from 12 models',
  ])
  expect(words({ Delete: true })).toEqual(['Moving 12 models to the trash', '12 models moved to the trash'])
  expect(words({ Undelete: true })).toEqual(['Restoring 12 models from the trash', '12 models restored from the trash'])
})
