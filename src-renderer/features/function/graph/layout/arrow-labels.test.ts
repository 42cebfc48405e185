import { describe, expect, it } from 'vitest'
import type { GraphEdge } from '../../../../../src-contract/contract/models/graph.ts'
import { arrowTitle } from './arrow-labels.ts'

const edge = (Name: string, more: Partial<GraphEdge> = {}): GraphEdge => ({
  Name,
  Kind: 'tensor',
  ElementType: 'float',
  Type: '',
  Shape: ['batch', 3],
  Stored: false,
  ...more,
})

const values = new Map([
  ['known', edge('known')],
  ['many', edge('many', { Kind: 'sequence', Type: 'seq(tensor(float))' })],
  ['shapeless', edge('shapeless', { Shape: null })],
])
const arrow = (value: string, count = 1) => ({ id: '', from: 'a', to: 'b', value, count })

describe('the words on an arrow that is pointed at', () => {
  it('are the name, the type and the shape, as far as they are known', () => {
    expect(arrowTitle(arrow('known'), { values })).toBe('known · f32 batch×3')
    expect(arrowTitle(arrow('shapeless'), { values })).toBe('shapeless · f32')
    expect(arrowTitle(arrow('many'), { values })).toBe('many · seq(f32)')
    expect(arrowTitle(arrow('unknown'), { values })).toBe('unknown')
  })

  it('tell how many values more pass there', () => {
    expect(arrowTitle(arrow('known', 3), { values })).toBe('known · f32 batch×3, and 2 more')
  })
})
