import { describe, expect, it } from 'vitest'
import { FunctionItem } from '../../src-contract/contract/functions/function.ts'
import type { FailureReason } from '../../src-contract/contract/models/inspection.ts'
import { toCsv } from './csv.ts'

const item = (change: Partial<FunctionItem>): FunctionItem =>
  FunctionItem.parse({
    Organisation: { UUID: '0fbdca97-9d72-4ff1-89c7-4eddf722ebc9', Name: 'lab' },
    Catalogues: [],
    UUID: '14f08006-6d7c-4d2c-8e37-5d1f6f5a2b10',
    Name: 'model',
    Status: 'ok',
    Alias: '',
    Documentation: '',
    InputDriver: '',
    InputDriverDetails: {},
    OutputDriver: '',
    OutputDriverDetails: {},
    NamedInput: [{ DataType: 'float', Name: 'x', Shape: [1, 3] }],
    NamedOutput: [],
    StatedShapes: { Input: [[1, 3]], Output: [] },
    DeviceCount: 0,
    UpdatedAt: '2026-01-01T00:00:00.000Z',
    FileSha256: null,
    ContentSha256: null,
    StructureSha256: null,
    TotalSize: 12,
    Path: null,
    Paths: [],
    PathCount: 0,
    Truncated: {},
    Code: { Size: 12 },
    SyncInformation: {},
    Source: { Name: null, Url: null, Kind: null, Revision: null, Role: null, Task: null, BaseModel: null },
    Licence: null,
    Tags: [],
    Fields: {},
    Starred: false,
    Runs: null,
    RunsFailure: null,
    ...change,
  })

describe('the list as CSV', () => {
  it('gives a spreadsheet no formula to run', () => {
    const [, row = ''] = toCsv([item({ Name: '=HYPERLINK("http://evil","x")' })]).split('\r\n')
    expect(row.startsWith(`"'=HYPERLINK(""http://evil"",""x"")",`)).toBe(true)
    expect(toCsv([item({ Fields: { loss: -0.5 } })])).toContain(',-0.5\r\n')
  })

  it('tells a check that ran out of time from a model that does not run', () => {
    const failed = (Reason: FailureReason) => item({ Runs: false, RunsFailure: { Reason, Message: `Why: ${Reason}.` } })
    const [, ...rows] = toCsv([failed('kernel'), failed('timeout'), item({})]).split('\r\n')
    expect(rows.map((row) => row.split(',').slice(3, 5))).toEqual([
      ['false', 'Why: kernel.'],
      ['not known', 'Why: timeout.'],
      ['not checked', ''],
      [],
    ])
  })

  it('has a column for each own field, empty where a model has none', () => {
    const text = toCsv([item({ Fields: { b: 'x, y' } }), item({ Fields: { a: 1 } })])
    expect(text.split('\r\n').map((line) => line.split(',').slice(18).join(','))).toEqual(['a,b', ',"x, y"', '1,', ''])
  })
})
