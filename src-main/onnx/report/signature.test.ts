import { describe, expect, it } from 'vitest'
import { everythingModel } from '../testing/feature-models.ts'
import { buildModel, type ValueSpec } from '../testing/model-builder.ts'
import { memorySource } from '../wire/byte-source.ts'
import { inspect } from './inspect.ts'
import { namedInputs, namedOutputs } from './signature.ts'
import { imageInput, visionDriverDetails } from './vision.ts'

function reportOf(inputs: ValueSpec[]) {
  return inspect(memorySource(buildModel({ graph: { inputs } }))).report
}

const shaped = (name: string, shape: (number | string | null)[]): ValueSpec => ({
  name,
  type: { tensor: 'float', shape },
})

describe('the signature of the Compute API', () => {
  const { report } = inspect(memorySource(buildModel(everythingModel)))
  const inputs = new Map(namedInputs(report).map((input) => [input.Name, input]))

  it('reports a dynamic axis as 1, in the words of ONNX Runtime', () => {
    expect(inputs.get('in_double')).toEqual({ Name: 'in_double', DataType: 'double', Shape: [1, 1, 1] })
    expect(inputs.get('scalar')).toEqual({ Name: 'scalar', DataType: 'float', Shape: [] })
  })

  it('leaves out inputs that are initializers', () => {
    expect(inputs.has('default')).toBe(false)
  })

  it('reports what is no tensor by its type, without a shape', () => {
    expect(inputs.get('list')).toEqual({ Name: 'list', DataType: 'seq(tensor(float))', Shape: [] })
    expect(namedOutputs(report).map(({ Name }) => Name)).toEqual(['everything', 'twice'])
  })
})

describe('image inputs', () => {
  it.each([
    ['channels first', [1, 3, 480, 640], { channels: 3, height: 480, width: 640, order: 0 }],
    ['channels last', [1, 480, 640, 3], { channels: 3, height: 480, width: 640, order: 1 }],
    ['grey, channels last', ['N', 28, 28, 1], { channels: 1, height: 28, width: 28, order: 1 }],
    ['open sides', ['N', 3, 'H', 'W'], { channels: 3, height: null, width: null, order: 0 }],
  ])('are seen with %s', (_, shape, expected) => {
    expect(imageInput(reportOf([shaped('x', shape)]))).toEqual({ name: 'x', ...expected })
  })

  it.each([
    ['an attention mask', ['N', 1, 'S', 'S']],
    ['a cache of keys', ['N', 12, 'S', 64]],
    ['a kernel', [8, 3, 3, 3]],
    ['three axes', [3, 224, 224]],
  ])('are not seen in %s', (_, shape) => {
    expect(imageInput(reportOf([shaped('x', shape)]))).toBeNull()
  })

  it('are the first that fits', () => {
    expect(
      imageInput(reportOf([shaped('ids', [1, 8]), shaped('a', [1, 3, 32, 32]), shaped('b', [1, 1, 64, 64])]))?.name,
    ).toBe('a')
  })

  it('fill the details of the vision driver', () => {
    expect(visionDriverDetails(reportOf([shaped('x', [1, 3, 480, 640])]))).toEqual({
      channels: 3,
      height: 480,
      width: 640,
      means: [0, 0, 0],
      vars: [1, 1, 1],
      order: 0,
    })
    expect(visionDriverDetails(reportOf([shaped('x', [1, 10])]))).toBeNull()
  })
})
