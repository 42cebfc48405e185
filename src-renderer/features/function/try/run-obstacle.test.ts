import { describe, expect, it } from 'vitest'
import type { GraphValue } from '../../../../src-contract/contract/models/inspection.ts'
import { canBeGiven, runObstacle } from './run-obstacle.ts'

const value = (Name: string, Kind: GraphValue['Kind'], Type: string): GraphValue => ({
  Name,
  Kind,
  Type,
  ElementType: 'float',
  Shape: null,
  Initialized: false,
  Documentation: '',
  Option: null,
  Labels: [],
})
const tensor = value('x', 'tensor', 'tensor(float)')
const sequence = value('s', 'sequence', 'seq(tensor(float))')

describe('what keeps a model from being run from a form', () => {
  it('is an input that is no tensor and holds none', () => {
    expect(canBeGiven(value('o', 'optional', 'optional(tensor(float))'))).toBe(true)
    expect(canBeGiven(value('o', 'optional', 'optional(seq(tensor(float)))'))).toBe(false)
    expect(runObstacle({ Inputs: [tensor, sequence], Outputs: [tensor] })).toContain('the input s is seq(f32)')
  })

  it('is that none of the outputs is a tensor', () => {
    expect(runObstacle({ Inputs: [tensor], Outputs: [sequence] })).toContain('the output s is seq(f32)')
    expect(runObstacle({ Inputs: [tensor], Outputs: [sequence, sequence] })).toContain('no output is a tensor')
    expect(runObstacle({ Inputs: [tensor], Outputs: [sequence, tensor] })).toBeNull()
  })

  it('is not an input that the file has a value for, nor having no outputs', () => {
    expect(runObstacle({ Inputs: [{ ...sequence, Initialized: true }], Outputs: [tensor] })).toBeNull()
    expect(runObstacle({ Inputs: [tensor], Outputs: [] })).toBeNull()
  })
})
