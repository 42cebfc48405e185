import { describe, expect, it } from 'vitest'
import type { GraphValue } from '../../../../../src-contract/contract/models/inspection.ts'
import { RunRequest } from '../../../../../src-contract/contract/models/run.ts'
import { benchmarkInputs, benchmarkWords, readShape, runRequest, sampleJson, toldDimensions } from './input-choice.ts'

describe('the sizes of a run', () => {
  it('are those of given values, where there are some', () => {
    const inputs = [
      { Name: 'image', Shape: ['N', 3] },
      { Name: 'mask', Shape: ['N', 'M'] },
    ]
    const random = { kind: 'random', seed: 0 } as const
    const sizes = { N: 1, M: 5 }
    expect(toldDimensions(inputs, { image: { kind: 'json', text: '[]' }, mask: random }, sizes)).toEqual({ M: 5 })
    expect(toldDimensions(inputs, { image: random, mask: random }, sizes)).toEqual(sizes)
  })

  it('tells of a measurement that uses random values in place of a file that is too long, and of none else', () => {
    const file = (Data: string) => ({
      kind: 'file' as const,
      name: 'cat.png',
      input: { Shape: [1, 3], Data },
      note: '',
    })
    const random = { kind: 'random', seed: 0 } as const
    expect(benchmarkWords({ sound: random })).toMatch(/^Each run uses the values above, the same every time;/)
    expect(benchmarkWords({ sound: random, image: file('A'.repeat(1_000_001)) })).toContain(
      'in place of the file for image;',
    )
    expect(benchmarkWords({ sound: random, image: file('AAAA') })).not.toContain('random')
    expect(benchmarkInputs({ image: file('AAAA') })).toEqual({ image: { Shape: [1, 3], Data: 'AAAA' } })
  })

  it('begin typing from zeros, and from a rule where there are many', () => {
    const value = { Kind: 'tensor', Type: '', Initialized: false, Documentation: '', Option: null, Labels: [] } as const
    const input = (Shape: number[], ElementType: 'float' | 'string') => ({
      ...value,
      Labels: [],
      Name: 'x',
      ElementType,
      Shape,
    })
    expect(sampleJson(input([1, 2], 'float'), {})).toBe('[[0,0]]')
    expect(sampleJson(input([], 'string'), {})).toBe('""')
    expect(sampleJson(input([1, 3, 64, 64], 'float'), {})).toBe('{"Shape":[1,3,64,64],"Zeros":true}')
  })
})

describe('the request of a run', () => {
  it('tells the type of an optional tensor, and the shape of values that are made up', () => {
    const optional: GraphValue = {
      Name: 'o',
      Kind: 'optional',
      Type: 'optional(tensor(int32))',
      ElementType: 'int32',
      Shape: ['N', 2],
      Initialized: false,
      Documentation: '',
      Option: null,
      Labels: [],
    }
    const tensor = { ...optional, Name: 't', Kind: 'tensor' as const, Type: 'tensor(int32)' }
    const random = { kind: 'random', seed: 7 } as const
    expect(runRequest({ o: random, t: random }, { N: 3 }, [optional, tensor]).Inputs).toEqual({
      o: { Random: 7, ElementType: 'int32', Shape: [3, 2] },
      t: { Random: 7 },
    })
    expect(runRequest({ o: { kind: 'json', text: '[[1, 2]]' } }, {}, [optional]).Inputs).toEqual({
      o: { Data: [[1, 2]], ElementType: 'int32' },
    })
  })

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
