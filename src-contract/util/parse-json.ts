import { Problem } from '../contract/admin/problem.ts'

/** What sentences call what is read, the field that it is, and what to do where it is too large. */
export type About = { what: string; field?: string; advice?: string }

const fieldOf = ({ field }: About) => (field === undefined ? {} : { field })

/** @throws Problem `malformed` where it is no UTF-8 */
export function decodeText(bytes: Uint8Array, about: About): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Problem('malformed', `${about.what} is not valid UTF-8 text.`, fieldOf(about))
  }
}

/**
 * Reads JSON; a whole number that would lose digits becomes the text of its digits.
 * @throws Problem `malformed`, also of a key `__proto__`: whatever reads objects passes it over, so what it says would be lost
 */
export function parseJson(text: string, about: About): unknown {
  refuseDeepJson(text)
  try {
    return needsReviver.test(text) ? JSON.parse(text, revived) : JSON.parse(text)
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem('malformed', `${about.what} is not valid JSON.`, fieldOf(about))
  }
}

/** Long integers, and what may be a key `__proto__`, written with escapes too. */
const needsReviver = /(?<![\d.eE])[1-9]\d{15}|__proto__|\\u00(5f|7|6)/i

/** The reviver's third argument is new, and not in the types. */
function revived(key: string, value: unknown, ...[context]: { source?: string }[]): unknown {
  if (key === '__proto__') throw new Problem('malformed', 'A key must not be “__proto__”.')
  const source = context?.source ?? ''
  return typeof value === 'number' && /^-?\d+$/.test(source) && !Number.isSafeInteger(value) ? source : value
}

/** Levels of lists and objects. No real request has as many; recursive checks overflow at a few thousand, and so does SQLite. */
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

/** The position after the string whose first character is at `start`. */
function afterText(text: string, start: number): number {
  for (let quote = text.indexOf('"', start); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let before = quote
    while (before > start && text[before - 1] === '\\') before--
    // An even number of backslashes stands for themselves.
    if ((quote - before) % 2 === 0) return quote + 1
  }
  return text.length
}
