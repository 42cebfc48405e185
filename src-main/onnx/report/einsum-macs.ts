import type { MacsRule } from './macs-rule.ts'
import { text } from './node-attributes.ts'

/**
 * A product of two operands has one multiply-accumulate for every combination of indices; one operand alone is only moved or
 * summed. Of three and more it depends on the order in which a runtime multiplies them.
 */
export const einsumMacs: MacsRule = (node, shapeOf) => {
  const [left = ''] = text(node, 'equation').replace(/\s/g, '').split('->')
  const terms = left.split(',')
  if (terms.length !== node.inputs.length || terms.length > 2 || left === '') return null
  if (terms.length === 1) return 0
  const sizes = new Map<string, number>()
  for (const [operand, term] of terms.entries()) {
    const shape = shapeOf(node.inputs[operand])
    const letters = lettersOf(term, shape?.length ?? 0)
    if (shape === null || letters?.length !== shape.length) return null
    for (const [axis, letter] of letters.entries()) {
      const size = shape[axis]
      if (typeof size !== 'number' || size < 0) return null
      sizes.set(letter, Math.max(size, sizes.get(letter) ?? 0))
    }
  }
  return [...sizes.values()].reduce((total, size) => total * size, 1)
}

/** A letter for each axis; those under an ellipsis are counted from the right, as they are broadcast. */
function lettersOf(term: string, rank: number): string[] | null {
  const [before = '', after, ...more] = term.split('...')
  if (more.length > 0 || !/^[A-Za-z]*$/.test(before + (after ?? ''))) return null
  if (after === undefined) return [...before]
  const hidden = rank - before.length - after.length
  return hidden < 0 ? null : [...before, ...Array.from({ length: hidden }, (_, axis) => `.${hidden - axis}`), ...after]
}
