import { describe, expect, it } from 'vitest'
import { foldGraph } from '../fold/fold-graph.ts'
import { layOut, node, scope } from '../testing/small-graph.ts'
import { type Direction, type Spot, walk } from './walk.ts'

const whole = scope(
  [
    node(0, ['x'], ['a']),
    node(1, ['a'], ['b']),
    node(2, ['b'], ['left']),
    node(3, ['b'], ['right']),
    node(4, ['left', 'right'], ['y'], { Type: 'Add' }),
  ],
  ['x'],
  ['y'],
)
const picture = foldGraph(whole, null)
const { places } = layOut(picture, whole)
const go = (from: Spot, ...directions: Direction[]) =>
  directions.reduce<Spot | null>((spot, direction) => (spot ? walk(picture, places, spot, direction) : null), from)

describe('walking along the edges', () => {
  it('goes node by node through a chain, and ends at the ends', () => {
    expect(go({ box: 'in x', node: null }, 'down')).toEqual({ box: 'chain 0', node: 0 })
    expect(go({ box: 'in x', node: null }, 'down', 'down')).toEqual({ box: 'chain 0', node: 1 })
    expect(go({ box: 'in x', node: null }, 'up')).toBeNull()
    expect(go({ box: 'out y', node: null }, 'down')).toBeNull()
  })

  it('comes into a chain from below at its last node', () => {
    expect(go({ box: 'chain 2', node: 2 }, 'up')).toEqual({ box: 'chain 0', node: 1 })
  })

  it('goes sideways between branches, and joins again below', () => {
    expect(go({ box: 'chain 2', node: 2 }, 'right')).toEqual({ box: 'chain 3', node: 3 })
    expect(go({ box: 'chain 2', node: 2 }, 'right', 'left')).toEqual({ box: 'chain 2', node: 2 })
    expect(go({ box: 'chain 3', node: 3 }, 'down', 'down')).toEqual({ box: 'out y', node: null })
  })

  it('stands still where its place is gone', () => {
    expect(go({ box: 'nowhere', node: null }, 'down')).toBeNull()
  })
})
