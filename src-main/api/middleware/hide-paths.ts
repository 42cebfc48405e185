import { readdirSync } from 'node:fs'
import { type Caller, includes } from '../../../src-contract/contract/admin/caller.ts'

/** What a sentence says instead of a path. */
const HIDDEN = 'a place on this computer'

/** Texts that we write about files and folders; a message is one of them where it is of a job, a link or a watched folder. */
const fileTexts = new Set(['Summary', 'Title', 'What'])
/** Values from before and after a change, which are a path as a whole. */
const values = new Set(['Before', 'After'])

/** JSON for a caller. Where files lie on this machine says something about the machine, so that only administrators are told. */
export function jsonFor(caller: Caller | undefined, value: unknown): string {
  return caller && includes(caller.scope, 'admin') ? JSON.stringify(value) : JSON.stringify(value, hidePaths)
}

function hidePaths(this: unknown, key: string, value: unknown): unknown {
  if (key === 'Path' && typeof value === 'string') return null
  if (key === 'Paths' && Array.isArray(value)) return []
  // What a job found differs from one kind to the next.
  if (key === 'Result') return value && JSON.parse(JSON.stringify(value, (_, text) => withoutPath(text, known())))
  if (fileTexts.has(key)) return withoutPath(value, ANY)
  if (key === 'Message') return withoutPath(value, isAboutFiles(this) ? ANY : known())
  return values.has(key) && typeof value === 'string' && startsWith(value, known()) ? HIDDEN : value
}

/** Of a job, its failures, a link, a watched folder; not why a model does not run, which names tensors: they look like paths. */
function isAboutFiles(holder: unknown): boolean {
  const has = (key: string) => Object.hasOwn(Object(holder), key)
  return (has('Kind') || has('State') || has('What')) && !has('Reason')
}

/** The text up to its first path. What follows is hidden too: a name may have any sign in it, so that nothing says where the path ends. */
function withoutPath<Value>(value: Value, pattern: RegExp): Value | string {
  const at = typeof value === 'string' ? value.search(pattern) : -1
  if (typeof value !== 'string' || at === -1) return value
  const before = value.slice(0, at)
  const closing = { '“': '”', '"': '"', '(': ')' }[before.slice(-1)] ?? ''
  return `${before}${HIDDEN}${closing}${value.endsWith('.') ? '.' : ''}`
}

const startsWith = (text: string, pattern: RegExp) => text.search(pattern) === 0

const begins = (root: string) =>
  new RegExp(`(?<![\\w./\\\\])(?:${root}|file://|[A-Za-z]:[\\\\/](?!/)|\\\\\\\\[^\\\\])`, 'u')

/** Any absolute path, but no address on the network. */
const ANY = begins('(?<!:)/(?=[^\\s/])')

let knownRoots: RegExp | undefined

/** A path below a folder that this machine has, or of Windows: other texts name tensors and addresses of the API, which begin alike. */
function known(): RegExp {
  if (knownRoots) return knownRoots
  const roots =
    process.platform === 'win32' ? [] : readdirSync('/').map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  knownRoots = begins(`/(?:${roots.join('|') || '(?!)'})(?![\\w.-])`)
  return knownRoots
}
