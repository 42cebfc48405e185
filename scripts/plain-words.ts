import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

// What users read says things plainly. These turns of phrase read as translated; each has a plainer word.

const plainer: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\btold\b/i, 'says, reported'],
  [/\btells of\b/i, 'says'],
  [/\bstands\b(?! for\b)/i, 'is'],
  [/\bbeside\b/i, 'next to, with'],
  [/(?<!\bthere )\bis no (?!longer\b)\w/i, 'is not a'],
  [/\b(?:nobody|whoever)\b/i, 'no one, anyone who'],
  [/\bown fields?\b/i, 'custom field'],
  [/\btwins?\b/i, 'duplicate'],
  [/\bof its own\b/i, 'separate'],
  [/\bin words\b/i, 'clearly'],
  [/\bmeanwhile\b/i, 'in the meantime, or nothing'],
  [/\bbecomes of\b/i, 'happens to'],
  [/\bat most apart\b/i, 'largest difference'],
  [/\bin the one's place\b/i, 'instead'],
  [/\bdoes not prove who it is\b/i, 'has an invalid certificate'],
  [/\bhas trouble\b/i, 'returned an error'],
  [/\band nothing else\b/i, 'only'],
  [/\bcalled so\b/i, 'with this name'],
  [/\bwent on here\b/i, 'activity'],
  [/\bmade above\b/i, 'from an earlier node'],
  [/\bgives? up the changes\b/i, 'discards the changes'],
  [/\blies in\b/i, 'is in'],
  [/\bof other values\b/i, 'with different values'],
]

const documents = ['*.md', 'docs/*.md']
const code = ['src-main/**/*.ts', 'src-contract/**/*.ts', 'src-renderer/**/*.{ts,tsx}']
/** Tests name what they protect in their own words, and a migration never changes. */
const notForUsers = /\.test\.tsx?$|[\\/](?:testing|migrations)[\\/]/

/** Every such phrase in what users read, as `path:line: "phrase" (say: …)`. */
export function checkPlainWords(root: string): string[] {
  return globSync([...documents, ...code], { cwd: root })
    .filter((path) => !notForUsers.test(path))
    .flatMap((path) =>
      findStiltedPhrases(path, readFileSync(join(root, path), 'utf8')).map(
        ({ line, text, instead }) => `${path}:${line}: "${text}" (say: ${instead})`,
      ),
    )
}

type Hit = { line: number; text: string; instead: string }

/** Phrases of a file that a user reads and that have a plainer form: of code its texts, of a document all of it. */
export function findStiltedPhrases(path: string, content: string): Hit[] {
  const texts = /\.tsx?$/.test(path) ? textsOf(content) : [{ text: content, start: 0 }]
  return texts.flatMap(({ text, start }) =>
    plainer.flatMap(([pattern, instead]) =>
      [...text.matchAll(new RegExp(pattern, 'gi'))].map(({ 0: found, index }) => ({
        line: content.slice(0, start + index).split('\n').length,
        text: found,
        instead,
      })),
    ),
  )
}

/** A comment, a string (with the text of a template), or the text between two tags. */
const piece =
  /\/\*[\s\S]*?\*\/|(?<=^|[\s;{(,])\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`|(?<=>)[^<>{}=;]*[A-Za-z][^<>{}=;]*(?=[<{])/g

function textsOf(code: string): { text: string; start: number }[] {
  return [...code.matchAll(piece)]
    .filter(([text]) => !text.startsWith('/*') && !text.startsWith('//') && !/^['"]\.{1,2}\//.test(text))
    .map(({ 0: text, index }) => ({ text, start: index }))
}
