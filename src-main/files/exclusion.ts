import { relative, sep } from 'node:path'
import { patternsOf } from '../../src-contract/words/left-out.ts'

/** Says by which pattern a file or folder below a root is left out; undefined where it is not. */
export type Exclusion = (root: string, path: string) => string | undefined

/**
 * Leaves out what patterns name, in any case: one without a slash names a file or folder anywhere, one with a slash a path below the root.
 * @param given as a request has them, in addition to the default ones
 */
export function createExclusion(given: readonly string[] = []): Exclusion {
  const patterns = patternsOf(given).map((pattern) => {
    const segments = pattern.toLowerCase().split('/')
    return { pattern, segments: segments.filter((one) => one !== '' && one !== '.'), isPath: /.\/./.test(pattern) }
  })
  return (root, path) => {
    const inside = relative(root, path).toLowerCase().split(sep)
    if (inside.join('') === '') return undefined
    return patterns.find(({ segments, isPath }) => matches(segments, isPath ? inside : inside.slice(-1), '**', fits))
      ?.pattern
  }
}

/** Whether a segment of a path fits one of a pattern: `*` stands for any characters, `?` for one. */
function fits(pattern: string, segment: string): boolean {
  return matches([...pattern], [...segment], '*', (one, other) => one === '?' || one === other)
}

/**
 * Whether a pattern covers a whole subject; `star` stands for any number of parts. Only the last star is ever tried again, so that no
 * pattern takes long, as one that was made into a regular expression might.
 */
function matches(
  pattern: readonly string[],
  subject: readonly string[],
  star: string,
  same: (pattern: string, part: string) => boolean,
): boolean {
  let at = 0
  let next = 0
  let afterStar: number | undefined
  let from = 0
  while (at < subject.length) {
    const wanted = pattern[next]
    if (wanted === star) {
      next++
      afterStar = next
      from = at
    } else if (wanted !== undefined && same(wanted, subject[at] ?? '')) {
      next++
      at++
    } else if (afterStar === undefined) return false
    else {
      from++
      at = from
      next = afterStar
    }
  }
  return pattern.slice(next).every((one) => one === star)
}
