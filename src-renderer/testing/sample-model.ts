import type { FunctionDetail, FunctionItem } from '../../src-contract/contract/functions/function.ts'

const organisation = { UUID: '00000000-0000-4000-8000-00000000000a', Name: 'My models' }

/** A UUID that ends in this number. */
export const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

/** A model as the API lists it, with what a test cares about. */
export const sampleModel = (changes: Partial<FunctionItem> = {}): FunctionItem => ({
  Organisation: organisation,
  Catalogues: [],
  UUID: uuid(1),
  Name: 'super_resolution',
  Status: 'ok',
  Alias: '',
  Documentation: '',
  InputDriver: '',
  InputDriverDetails: {},
  OutputDriver: '',
  OutputDriverDetails: {},
  NamedInput: [{ DataType: 'float', Name: 'input', Shape: [1, 1, 224, 224] }],
  NamedOutput: [{ DataType: 'float', Name: 'output', Shape: [1, 1, 672, 672] }],
  StatedShapes: { Input: [['batch', 1, 224, 224]], Output: [['batch', 1, 672, 672]] },
  DeviceCount: 0,
  UpdatedAt: '2026-11-02T20:17:21.303Z',
  FileSha256: null,
  ContentSha256: null,
  StructureSha256: null,
  Code: { Size: 240_078 },
  TotalSize: 240_078,
  Path: null,
  Paths: [],
  PathCount: 0,
  SyncInformation: {},
  Source: { Name: null, Url: null, Kind: null, Revision: null, Role: null, Task: null, BaseModel: null },
  Licence: null,
  Tags: [],
  Fields: {},
  Starred: false,
  Runs: null,
  RunsFailure: null,
  Truncated: {},
  ...changes,
})

/** A catalogue as the API lists it. */
export const sampleCatalogue = (number: number, Name: string) => ({
  UUID: uuid(number),
  Name,
  Organisation: organisation,
  FunctionCount: 0,
})

/** The same as its page has it. */
export function sampleDetail(changes: Partial<FunctionItem> = {}): FunctionDetail {
  const { Truncated: _, ...item } = sampleModel(changes)
  return { ...item, Paths: [], Downloads: [], Card: null }
}
