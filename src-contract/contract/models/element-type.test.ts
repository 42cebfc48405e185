import { describe, expect, it } from 'vitest'
import { bytesOfElements, elementTypeInfo, elementTypeOfCode, isElementType } from './element-type.ts'

describe('element types', () => {
  it('are found by their number in onnx.proto, and only published numbers have a meaning', () => {
    expect([0, 1, 7, 16, 26].map(elementTypeOfCode)).toEqual(['undefined', 'float', 'int64', 'bfloat16', 'int2'])
    expect([-1, 29, 99, 1e9].map(elementTypeOfCode)).toEqual(['unknown', 'unknown', 'unknown', 'unknown'])
    for (let code = 0; code <= 28; code++) expect(elementTypeInfo(elementTypeOfCode(code)).code).toBe(code)
  })

  it('pack what is smaller than a byte', () => {
    expect(bytesOfElements('float', 3)).toBe(12)
    expect(bytesOfElements('int4', 3)).toBe(2)
    expect(bytesOfElements('uint2', 5)).toBe(2)
    expect(bytesOfElements('complex128', 2)).toBe(32)
    expect(bytesOfElements('string', 2)).toBeNull()
  })

  it('are not mixed up with what every object has', () => {
    expect(isElementType('constructor')).toBe(false)
  })
})
