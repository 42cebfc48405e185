import { readFileSync, statSync } from 'node:fs'
import { type Document, isMap, parseDocument } from 'yaml'
import { plural, shortBytes } from '../../../src-contract/words/human-number.ts'

/** Cards of models with hundreds of metrics have some 500 kB. */
const LARGEST_CARD = 1024 * 1024
/** YAML reads the values of anchors anew at each place that names them. */
const MOST_ALIASES = 100
const DEEPEST = 50

/** A card, whole and taken apart; `yaml` is what stands between the lines of dashes, null where there are none. */
export type CardParts = { text: string; yaml: string | null; body: string }

/** What is wrong with a card, as a sentence about the file. */
export class UnreadableCard extends Error {}

/** @throws UnreadableCard where a file is too large or not text */
export function readCardFile(path: string, name: string): CardParts {
  const { size } = statSync(path)
  if (size > LARGEST_CARD) {
    throw new UnreadableCard(
      `${name} was not read: it has ${shortBytes(size)}, more than the limit of 1 MB for a model card.`,
    )
  }
  try {
    return splitCard(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path)))
  } catch (cause) {
    throw new UnreadableCard(`${name} was not read: it is not UTF-8 text.`, { cause })
  }
}

function splitCard(text: string): CardParts {
  const begin = /^\uFEFF?---[ \t]*\r?\n/.exec(text)
  if (!begin) return { text, yaml: null, body: text }
  const rest = text.slice(begin[0].length)
  const end = /^---[ \t]*(\r?\n|$)/m.exec(rest)
  if (!end) return { text, yaml: null, body: text }
  return { text, yaml: rest.slice(0, end.index), body: rest.slice(end.index + end[0].length) }
}

/** @throws UnreadableCard where it is not plain YAML of a map */
export function parseFrontMatter(yaml: string, name: string): Document {
  const refuse = (why: string, cause?: unknown) =>
    new UnreadableCard(`The front matter of ${name} was not read: ${why}.`, { cause })
  if (deepestFlow(yaml) > DEEPEST) throw refuse('it is nested too deeply')
  try {
    const document = parseDocument(yaml, { uniqueKeys: false, logLevel: 'error', prettyErrors: false })
    const [problem = document.warnings[0]] = document.errors
    if (problem) throw refuse(`line ${lineAt(yaml, problem.pos[0])} is not plain YAML (${shortened(problem.message)})`)
    if (document.contents !== null && !isMap(document.contents)) throw refuse('it is not a list of keys and values')
    return document
  } catch (cause) {
    if (cause instanceof UnreadableCard) throw cause
    throw refuse('it is not plain YAML', cause)
  }
}

/** The values of front matter. @throws UnreadableCard where it grows without end */
export function valuesOf(document: Document, name: string): Record<string, unknown> {
  try {
    const values: unknown = document.toJS({ maxAliasCount: MOST_ALIASES })
    return typeof values === 'object' && values !== null ? { ...values } : {}
  } catch (cause) {
    const why = `it repeats values more than ${plural(MOST_ALIASES, 'time')}`
    throw new UnreadableCard(`The front matter of ${name} was not read: ${why}.`, { cause })
  }
}

/** How deep brackets are nested, if none stands in a text: before the parser, which takes minutes over many thousands. */
function deepestFlow(yaml: string): number {
  let depth = 0
  let deepest = 0
  for (const sign of yaml) {
    if (sign === '[' || sign === '{') deepest = Math.max(deepest, ++depth)
    else if ((sign === ']' || sign === '}') && depth > 0) depth--
  }
  return deepest
}

const lineAt = (text: string, position: number) => text.slice(0, position).split('\n').length

const shortened = (message: string) => message.replace(/\s+/g, ' ').trim().replace(/\.$/, '').slice(0, 120)
