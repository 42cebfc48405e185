import type { Arrow, Picture } from '../model/picture.ts'
import type { Scope } from '../model/scope.ts'
import { LETTER, shapeWords, typeWords } from './box-size.ts'

/** Longer labels take more room than they are worth. */
const LONGEST = 26

export type ArrowLabel = { text: string; title: string }

/** The room that a label takes across. */
export const labelWidth = ({ text }: ArrowLabel): number => text.length * LETTER + 10

/** All that is known of what an arrow carries: `/conv/Relu_output_0 · f32 1×64×56×56, and 2 more`. */
export function arrowTitle({ value, count }: Arrow, scope: Pick<Scope, 'values'>): string {
  const type = typeWords(scope.values.get(value), new Map())
  return `${value}${type && ` · ${type}`}${count > 1 ? `, and ${count - 1} more` : ''}`
}

/**
 * What an arrow says of what it carries: the shape where it is known, and how many values more. What stands on an end of the arrow
 * already is not said again, nor is the same value of one box twice.
 */
export function arrowLabels(picture: Picture, scope: Scope): ReadonlyMap<string, ArrowLabel> {
  const labels = new Map<string, ArrowLabel>()
  const told = new Set<string>()
  const ends = new Set(picture.boxes.flatMap(({ id, kind }) => (kind === 'input' || kind === 'output' ? [id] : [])))
  for (const arrow of picture.arrows) {
    const { id, from, to, value, count } = arrow
    if (count === 1 && (ends.has(from) || ends.has(to))) continue
    const key = `${from} ${value} ${count}`
    const edge = scope.values.get(value)
    if (told.has(key)) continue
    told.add(key)
    // How many values pass tells little without what they are.
    if (!edge) continue
    const short =
      edge.Kind === 'tensor' ? edge.Shape && shapeWords(edge.Shape, picture.symbols) : typeWords(edge, picture.symbols)
    if (!short) continue
    const more = count > 1 ? ` +${count - 1}` : ''
    const text = short.length > LONGEST ? `${short.slice(0, LONGEST - 1)}…${more}` : `${short}${more}`
    labels.set(id, { text, title: arrowTitle(arrow, scope) })
  }
  return labels
}
