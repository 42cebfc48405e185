import { describe, expect, it } from 'vitest'
import { findInGraph } from './find-in-graph.ts'
import { completeScope, freeNames } from './model/scope.ts'
import { crumbsOf, functionScope } from './model/scope-words.ts'
import { node, scope } from './testing/small-graph.ts'

const main = scope([node(0, ['input'], ['y'], { Type: 'If', Name: 'branch' })], ['input'], ['y'])
const inner = scope([node(0, ['input', 'conv.weight'], ['z'], { Type: 'Conv' })], [], ['z'], {
  id: 'main/0.then_branch',
})

describe('finding in a graph', () => {
  it('looks through sub-graphs, and says by which tensor a node was found', () => {
    expect(findInGraph([main, inner], 'conv').hits).toMatchObject([{ scope: { id: inner.id }, value: null }])
    expect(findInGraph([main, inner], '.WEIGHT').hits).toMatchObject([{ value: 'conv.weight' }])
    expect(findInGraph([main, inner], 'input').count).toBe(2)
  })

  it('finds nothing for nothing, and counts more than it keeps', () => {
    expect(findInGraph([main], ' ').count).toBe(0)
    const many = scope(
      Array.from({ length: 1_500 }, (_, index) => node(index, [], [])),
      [],
      [],
    )
    const { hits, count } = findInGraph([many], 'relu')
    expect([hits.length, count]).toEqual([1_000, 1_500])
  })
})

describe('the scopes of a graph', () => {
  it('know what they take from around them, and not what they define or store', () => {
    expect(freeNames(inner)).toEqual(['input', 'conv.weight'])
    const stored = {
      Name: 'conv.weight',
      Scope: inner.id,
      Kind: 'constant' as const,
      ElementType: 'float' as const,
      Shape: [2, 3],
      Bytes: 24,
      Location: null,
      Sha256: null,
    }
    const complete = completeScope(
      { ...inner, around: [], sizes: new Map() },
      { Initializers: [stored], Functions: [] },
    )
    expect(freeNames(complete)).toEqual([])
    expect(complete.inputs).toEqual(['input'])
    expect(complete.values.get('conv.weight')?.Shape).toEqual([2, 3])
  })

  it('know what the scopes around them keep fixed', () => {
    const weight = { ...node(0, ['w'], ['w_t'], { Type: 'Transpose' }) }
    const outer = scope([weight, node(1, ['input'], ['y'], { Type: 'If' })], ['input'], ['y'])
    const stored = {
      Name: 'w',
      Scope: 'main',
      Kind: 'initializer' as const,
      ElementType: 'float' as const,
      Shape: [2, 3],
    }
    const report = { Initializers: [{ ...stored, Bytes: 24, Location: null, Sha256: null }], Functions: [] }
    const branch = scope([node(0, ['input', 'w_t'], ['z'], { Type: 'MatMul' })], [], ['z'], {
      id: 'main/1.then_branch',
    })
    const sizes = new Map<string, number>()
    const complete = completeScope({ ...branch, sizes, around: [{ ...outer, around: [], sizes }] }, report)
    expect(complete.inputs).toEqual(['input'])
    expect(complete.constants.values.has('w_t')).toBe(true)
  })

  it('are named by the way to them', () => {
    expect(crumbsOf('main/12.then_branch/3.body.1', 'net').map(({ words }) => words)).toEqual([
      'net',
      'then_branch of node 12',
      'body 1 of node 3',
    ])
    const id = functionScope({ Domain: 'my.domain', Name: 'a:b' })
    expect(id).toBe('function:my.domain:a%3Ab')
    expect(crumbsOf(id, '')).toEqual([{ id, words: 'a:b' }])
  })
})
