import type { Place, Places } from '../layout/layout.ts'
import type { Box, Picture } from '../model/picture.ts'

/** Where a person is in the picture: a box, and in a chain one of its nodes. */
export type Spot = { box: string; node: number | null }

export type Direction = 'up' | 'down' | 'left' | 'right'

/** The place in a box that one comes to from above or from below. */
export function spotOf(box: Box, end: 'first' | 'last' = 'first'): Spot {
  const node = box.kind === 'chain' ? (end === 'first' ? box.nodes[0] : box.nodes.at(-1)) : undefined
  return { box: box.id, node: node?.Id ?? null }
}

const middle = ({ x, width }: Place) => x + width / 2

/** Sideways: what lies nearest, preferring the same row. */
function sideways(picture: Picture, places: Places, from: Place, direction: 'left' | 'right'): Box | undefined {
  let best: Box | undefined
  let least = Number.POSITIVE_INFINITY
  for (const box of picture.boxes) {
    const place = places.get(box.id)
    if (!place) continue
    const across = (middle(place) - middle(from)) * (direction === 'right' ? 1 : -1)
    if (across <= 1) continue
    const distance = across + 4 * Math.abs(place.y + place.height / 2 - from.y - from.height / 2)
    if (distance < least) {
      least = distance
      best = box
    }
  }
  return best
}

/** The ends of what has no arrow, because it comes from far away. */
function tapped({ taps }: Picture, box: string, direction: 'up' | 'down'): string[] {
  if (direction === 'up') return (taps.get(box) ?? []).map(({ from }) => from)
  return [...taps].flatMap(([id, list]) => (list.some(({ from }) => from === box) ? [id] : []))
}

/**
 * The next place along the edges: down to what uses a value and up to what makes it (of several the one that lies nearest across),
 * left and right to what stands beside. Null at the end.
 */
export function walk(picture: Picture, places: Places, spot: Spot, direction: Direction): Spot | null {
  const box = picture.boxes.find(({ id }) => id === spot.box)
  const from = places.get(spot.box)
  if (!box || !from) return null
  if (direction === 'left' || direction === 'right') {
    const next = sideways(picture, places, from, direction)
    return next ? spotOf(next) : null
  }
  const step = direction === 'down' ? 1 : -1
  if (box.kind === 'chain') {
    const at = box.nodes.findIndex(({ Id }) => Id === spot.node)
    const next = box.nodes[at + step]
    if (next) return { box: box.id, node: next.Id }
  }
  const drawn = picture.arrows.flatMap(({ from: source, to }) =>
    direction === 'down' ? (source === box.id ? [to] : []) : to === box.id ? [source] : [],
  )
  const ends = new Set(drawn.length > 0 ? drawn : tapped(picture, box.id, direction))
  const across = (id: string) => {
    const place = places.get(id)
    return place ? Math.abs(middle(place) - middle(from)) : Number.POSITIVE_INFINITY
  }
  const [nearest] = picture.boxes.filter(({ id }) => ends.has(id)).sort((a, b) => across(a.id) - across(b.id))
  return nearest ? spotOf(nearest, direction === 'down' ? 'first' : 'last') : null
}
