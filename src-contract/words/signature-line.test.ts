import { describe, expect, it } from 'vitest'
import type { GraphValue } from '../contract/models/inspection.ts'
import { shortNamedSignature, shortSignature, shortType, signatureLine } from './signature-line.ts'

function value(Name: string, Shape: GraphValue['Shape'], change: Partial<GraphValue> = {}): GraphValue {
  const rest = { Initialized: false, Documentation: '', Option: null, Labels: [] }
  return { Name, Kind: 'tensor', ElementType: 'float', Type: 'tensor(float)', Shape, ...rest, ...change }
}

describe('the signature line', () => {
  it('reads as the product writes it everywhere', () => {
    const signature = shortSignature([value('image', ['N', 3, 224, 224])], [value('scores', ['N', 1000])])
    expect(signatureLine(signature)).toBe('image  f32 N×3×224×224  →  scores  f32 N×1000')
  })

  it('shows the first of several and counts the rest', () => {
    const inputs = [value('input', [null, null]), value('state', [2]), value('sr', [], { ElementType: 'int64' })]
    expect(signatureLine(shortSignature(inputs, [value('output', [null, 1])]))).toBe(
      'input  f32 ?×?  +2  →  output  f32 ?×1',
    )
  })

  it('tells a scalar from an unknown rank, and leaves stored defaults out', () => {
    const signature = shortSignature([value('w', [3], { Initialized: true }), value('a', [])], [value('b', null)])
    expect(signatureLine(signature)).toBe('a  f32  →  b  f32 …')
  })

  it('shortens long symbols, the same one always alike, and never to a name that is taken', () => {
    const long = 'p2o.DynamicDimension.0'
    const signature = shortSignature(
      [value('a', [long, 'd0', 'unk__another_one'])],
      [value('b', [long, '9007199254740993'])],
    )
    expect(signatureLine(signature)).toBe('a  f32 d1×d0×d2  →  b  f32 d1×9007199254740993')
    expect(signature.symbols).toEqual([
      { short: 'd1', full: long },
      { short: 'd2', full: 'unk__another_one' },
    ])
  })

  it('names types that are no tensors', () => {
    expect(shortType('seq(map(int64,tensor(float)))')).toBe('seq(map(i64,f32))')
    expect(shortType('sparse_tensor(double)')).toBe('sparse f64')
    const list = value('list', ['T'], { Kind: 'sequence', Type: 'seq(tensor(float))' })
    expect(signatureLine(shortSignature([], [list]))).toBe('nothing  →  list  seq(f32)')
  })

  it('is made from a row of a list too', () => {
    const named = shortNamedSignature({
      NamedInput: [
        { Name: 'x', DataType: 'int64', Shape: [1, 1, 8] },
        { Name: 'open', DataType: 'float', Shape: [] },
      ],
      NamedOutput: [{ Name: 'y', DataType: 'seq(tensor(float))', Shape: [] }],
      StatedShapes: { Input: [[null, 'a.very.long.symbol', 8], null], Output: [null] },
    })
    expect(signatureLine(named)).toBe('x  i64 ?×d0×8  +1  →  y  seq(f32)')
    expect(named.inputs[1]?.shape).toBe('…')
    expect(named.outputs[0]?.elementType).toBe('float')
    expect(named.symbols).toEqual([{ short: 'd0', full: 'a.very.long.symbol' }])
  })
})
