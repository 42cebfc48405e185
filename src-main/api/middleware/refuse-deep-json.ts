import { Problem } from '../../../src-contract/contract/admin/problem.ts'

/** Levels of lists and objects. Nobody writes as many; checks that call themselves for each level end at some thousand, SQLite too. */
const DEEPEST = 200

/**
 * Looks through JSON before it is parsed, in a fraction of the time that takes.
 * @throws Problem `malformed` where it is nested too deeply
 */
export function refuseDeepJson(text: string): void {
  const marks = /["[\]{}]/g
  let depth = 0
  for (let mark = marks.exec(text)?.[0]; mark; mark = marks.exec(text)?.[0]) {
    if (mark === '"') marks.lastIndex = afterText(text, marks.lastIndex)
    else if (mark === ']' || mark === '}') depth--
    else if (++depth > DEEPEST)
      throw new Problem('malformed', `The JSON must be nested at most ${DEEPEST} levels deep.`)
  }
}

/** Where it goes on after a text whose first character stands at `start`. */
function afterText(text: string, start: number): number {
  for (let quote = text.indexOf('"', start); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let before = quote
    while (before > start && text[before - 1] === '\\') before--
    // An even number of backslashes stands for themselves.
    if ((quote - before) % 2 === 0) return quote + 1
  }
  return text.length
}
