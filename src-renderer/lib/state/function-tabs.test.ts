import { describe, expect, it } from 'vitest'
import { offeredTabs } from './function-tabs.ts'

const ids = (has: 'nothing' | 'report' | 'file') => offeredTabs(has, () => true).map(({ id }) => id)

describe('the tabs of a model', () => {
  it('are those that need no file before there is one', () => {
    expect(ids('nothing')).toEqual(['overview', 'history', 'api'])
  })

  it('show what was read while the file is away', () => {
    expect(ids('report')).toEqual(['overview', 'signature', 'contents', 'history', 'api'])
  })

  it('are all where the file is there, but for what the cabinet cannot do', () => {
    expect(ids('file')).toHaveLength(8)
    expect(offeredTabs('file', (path) => !path.endsWith('/run')).map(({ id }) => id)).not.toContain('try')
  })
})
