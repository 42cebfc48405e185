import { describe, expect, it } from 'vitest'
import { RunRequest } from '../../../../src-contract/run.ts'
import { readShape, runRequest } from './input-choice.ts'

describe('the request of a run', () => {
  it('names the input whose JSON cannot be read', () => {
    expect(() => runRequest({ image: { kind: 'json', text: '[1, 2' } }, {})).toThrow('The values of image')
  })

  it('reads a typed shape in every way people write one', () => {
    expect(readShape('x', '1×512')).toEqual([1, 512])
    expect(readShape('x', '1, 512')).toEqual([1, 512])
    expect(readShape('x', '')).toEqual([])
    expect(() => readShape('x', '1×N')).toThrow('The shape of x')
  })

  it('is what the API takes, values or a whole input alike', () => {
    const request = runRequest(
      {
        a: { kind: 'random', seed: 7 },
        b: { kind: 'zeros' },
        c: { kind: 'json', text: '[[1, 2]]' },
        d: { kind: 'json', text: '{"Shape": [2], "Data": [1, 2]}' },
      },
      { N: 4 },
    )
    expect(RunRequest.parse(request)).toEqual({
      Inputs: { a: { Random: 7 }, b: { Zeros: true }, c: { Data: [[1, 2]] }, d: { Shape: [2], Data: [1, 2] } },
      Dimensions: { N: 4 },
    })
  })
})
