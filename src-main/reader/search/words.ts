import { fold, isPlain } from './fold.ts'

/**
 * A run of letters and digits, folded, and where in it words begin: bit n of `starts` for the letter at place n. That is its first
 * letter, each capital after a small letter, and each change between letters and digits. Beginnings past the 32nd letter are left out.
 */
export type Word = { text: string; starts: number }

/** Stands for a beginning while a text is folded. It is no character of any text. */
const MARK = '\ufffe'

/** Letters of a word that are looked at; what is longer is an encoded picture, not a word. */
const LONGEST = 256

const boundary =
  /(?<=\p{Ll}\p{M}*)(?=\p{Lu})|(?<=\p{Lu}\p{M}*)(?=\p{Lu}\p{M}*\p{Ll})|(?<=\p{L}\p{M}*)(?=\p{Nd})|(?<=\p{Nd})(?=\p{L})/gu

/** A word and where it is in its folded text; two that are joined are in it as one. */
type Run = Word & { from: number; to: number }

/**
 * The words of a text in order, repeated as they are; all but letters, digits and their marks separates them. People write `ResNet-50`
 * and `resnet50`, `YOLO v8` and `yolov8`: such a pair is a word too, `joined`.
 */
export function wordsOf(text: string): (Word & { joined?: true })[] {
  const runs = isPlain(text) ? plainRuns(text) : foldedRuns(text)
  return runs.flatMap((run, at) => {
    const before = runs[at - 1]
    return before && isVariant(before, run) ? [run, { ...join(before, run), joined: true }] : [run]
  })
}

/** A word that names a variant of the one before it: `50`, `v8n`, `3b`. */
const variant = /^\p{L}?\d{1,3}\p{L}?$/u

function isVariant(before: Run, { text, from }: Run): boolean {
  return before.to + 1 === from && text.length < 6 && variant.test(text) && !/\d$/.test(before.text)
}

function join(first: Word, second: Word): Word {
  const { length } = first.text
  return { text: first.text + second.text, starts: first.starts | (length < 32 ? second.starts << length : 0) }
}

function foldedRuns(text: string): Run[] {
  const folded = fold(text.replaceAll(MARK, ' ').replace(boundary, MARK))
  return [...folded.matchAll(/[\p{L}\p{N}\p{M}\ufffe]+/gu)].flatMap(({ 0: run, index: from }) => {
    const parts = run.split(MARK)
    const joined = parts.join('')
    return joined === ''
      ? []
      : [{ text: joined.slice(0, LONGEST), starts: startsOf(parts), from, to: from + run.length }]
  })
}

function startsOf(parts: readonly string[]): number {
  let starts = 0
  let at = 0
  for (const part of parts) {
    if (at < 32 && part !== '') starts |= 1 << at
    at += part.length
  }
  return starts
}

const OTHER = 0
const DIGIT = 1
const SMALL = 2
const CAPITAL = 3

function kindOf(code: number): number {
  if (code >= 0x61 && code <= 0x7a) return SMALL
  if (code >= 0x30 && code <= 0x39) return DIGIT
  return code >= 0x41 && code <= 0x5a ? CAPITAL : OTHER
}

/** The same for ASCII, which nearly all texts are, in a fraction of the time. */
function plainRuns(text: string): Run[] {
  const runs: Run[] = []
  let from = 0
  let starts = 0
  let before = OTHER
  for (let at = 0; at <= text.length; at++) {
    const kind = at < text.length ? kindOf(text.charCodeAt(at)) : OTHER
    if (kind === OTHER) {
      // Word by word: V8 moves a toLowerCase() of the whole text into the loop, which takes minutes for a long one.
      if (before !== OTHER)
        runs.push({ text: text.slice(from, Math.min(at, from + LONGEST)).toLowerCase(), starts, from, to: at })
    } else if (before === OTHER) {
      from = at
      starts = 1
    } else if (at - from < 32 && begins(before, kind, text, at)) starts |= 1 << (at - from)
    before = kind
  }
  return runs
}

function begins(before: number, kind: number, text: string, at: number): boolean {
  if ((before === DIGIT) !== (kind === DIGIT)) return true
  if (kind !== CAPITAL) return false
  return before === SMALL || (at + 1 < text.length && kindOf(text.charCodeAt(at + 1)) === SMALL)
}

const ideograph = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u

/** Whether a text has letters of the scripts that part no words by spaces: each of them may begin a word. */
export function beginsAnywhere(text: string): boolean {
  return ideograph.test(text)
}

/** From this many letters on a word of a search is looked for anywhere inside words, below at their beginning (contract.md 3). */
export const INSIDE_FROM = 3

/** Whether a folded word of a search is looked for anywhere inside all words: by its length, or since it begins with an ideograph. */
export function searchesInside(text: string): boolean {
  const letters = [...text.slice(0, 2 * INSIDE_FROM)]
  return letters.length >= INSIDE_FROM || beginsAnywhere(letters[0] ?? '')
}
