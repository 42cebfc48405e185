import { layersOf } from './layers.ts'
import type { Arrow, Tap } from './picture.ts'

/** A value, the box that it comes from, and the boxes that take it. */
export type Link = { value: string; from: string; to: ReadonlySet<string> }

/** A value with fewer uses has an arrow to each. */
const SHARED = 4
/** Layers that an arrow of a shared value may go down; a longer one would only cross others. */
const FAR = 2

/**
 * One arrow for all values between two boxes. A value that many boxes take, such as an attention mask, has arrows to the nearest of
 * them; where it comes from far above it is named at the box instead.
 */
export function linksToArrows(
  boxes: readonly { id: string; kind: string }[],
  links: readonly Link[],
): { arrows: Arrow[]; taps: ReadonlyMap<string, Tap[]> } {
  const pairs = links.flatMap(({ from, to }) => [...to].map((end) => ({ from, to: end })))
  const shared = links.some(({ to }) => to.size >= SHARED)
  const layers = shared ? layersOf(boxes, distinct(pairs)) : new Map<string, number>()
  const outputs = new Set(boxes.flatMap(({ id, kind }) => (kind === 'output' ? [id] : [])))
  const depth = (id: string) => layers.get(id) ?? 0
  const arrows = new Map<string, Arrow>()
  const taps = new Map<string, Tap[]>()
  for (const { value, from, to } of links) {
    const nearest = Math.min(...[...to].map(depth))
    for (const end of to) {
      if (to.size >= SHARED && !outputs.has(end) && depth(end) > Math.max(depth(from) + FAR, nearest)) {
        const list = taps.get(end)
        if (list) list.push({ value, from })
        else taps.set(end, [{ value, from }])
        continue
      }
      const id = `${from}→${end}`
      const known = arrows.get(id)
      if (known) known.count += 1
      else arrows.set(id, { id, from, to: end, value, count: 1 })
    }
  }
  return { arrows: [...arrows.values()], taps }
}

function distinct(pairs: readonly { from: string; to: string }[]) {
  return new Map(pairs.map((pair) => [`${pair.from}→${pair.to}`, pair])).values()
}
