import { describe, expect, it } from 'vitest'
import { madeBy, parametersWords } from './report.ts'

describe('a report in short', () => {
  it('says who made the model even where the producer says little', () => {
    const Opsets = [
      { Domain: '', Version: 14 },
      { Domain: 'ai.onnx.ml', Version: 3 },
    ]
    expect(madeBy({ Producer: { Name: 'pytorch', Version: '1.13' }, IrVersion: 8, Opsets })).toBe(
      'pytorch 1.13 · IR 8 · opset 14, ai.onnx.ml 3',
    )
    expect(madeBy({ Producer: { Name: '', Version: '' }, IrVersion: 3, Opsets: [] })).toBe('IR 3')
  })

  it('names the types of the parameters, most first', () => {
    expect(parametersWords({ Parameters: { Count: 0, Bytes: 0, ByType: [] } })).toBe('none')
    expect(
      parametersWords({
        Parameters: { Count: 2_690_312, Bytes: 1, ByType: [{ ElementType: 'float', Count: 2_690_312, Bytes: 1 }] },
      }),
    ).toBe('2.7 M, all f32')
    expect(
      parametersWords({
        Parameters: {
          Count: 110,
          Bytes: 1,
          ByType: [
            { ElementType: 'int64', Count: 10, Bytes: 1 },
            { ElementType: 'float', Count: 100, Bytes: 1 },
          ],
        },
      }),
    ).toBe('110: 100 f32, 10 i64')
  })
})
