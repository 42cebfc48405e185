import { describe, expect, it } from 'vitest'
import type { ElementType } from '../../../src-contract/contract/models/element-type.ts'
import { readNpy } from '../../../src-contract/util/npy.ts'
import { numpyFile } from '../../../src-contract/util/testing/numpy-files.ts'
import { tensorFromJson } from './tensor-from-json.ts'
import { tensorToJson } from './tensor-to-json.ts'
import { writeNpy } from './write-npy.ts'

const field = 'Inputs.x'

describe('what we write', () => {
  it.each<[ElementType, unknown]>([
    [
      'float',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['double', 0.5],
    ['float16', [1.5]],
    ['int64', ['9007199254740993']],
    ['uint16', [1, 2, 3]],
    ['bool', [true, false]],
    ['string', ['ab', '', 'ü😀']],
  ])('%s reads back', (type, data) => {
    const tensor = tensorFromJson(data, type, undefined, field)
    const again = readNpy(writeNpy(tensor), field)
    expect(again.type).toBe(type)
    expect(tensorToJson(again)).toEqual(data)
  })

  it("is numpy's own bytes", () => {
    for (const name of ['little f4', 'bool', 'scalar i8', 'empty', 'f2', 'u8']) {
      expect(Buffer.from(writeNpy(readNpy(numpyFile('npy', name), field)))).toEqual(Buffer.from(numpyFile('npy', name)))
    }
  })

  it('widens what numpy has no type for', () => {
    const written = (type: ElementType, data: unknown) =>
      readNpy(writeNpy(tensorFromJson(data, type, undefined, field)), field)
    expect(written('int4', [-8, 7, 1]).type).toBe('int8')
    expect(tensorToJson(written('int4', [-8, 7, 1]))).toEqual([-8, 7, 1])
    expect(tensorToJson(written('uint4', [15, 0, 3]))).toEqual([15, 0, 3])
    expect(tensorToJson(written('bfloat16', [0.5, -2]))).toEqual([0.5, -2])
  })
})
