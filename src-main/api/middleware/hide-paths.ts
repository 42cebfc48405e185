import { readdirSync } from 'node:fs'
import { type Caller, includes } from '../../../src-contract/contract/admin/caller.ts'

/** What a sentence says instead of a path. */
const HIDDEN = 'a place on this computer'

/** Texts that we write, and that may name a file or folder. Others are the model's or a person's. */
const sentences = new Set(['Message', 'Summary', 'Title', 'What'])
/** Values from before and after a change, which are a path as a whole. */
const values = new Set(['Before', 'After'])

/** JSON for a caller. Where files lie on this machine says something about the machine, so that only administrators are told. */
export function jsonFor(caller: Caller | undefined, value: unknown): string {
  return caller && includes(caller.scope, 'admin') ? JSON.stringify(value) : JSON.stringify(value, hidePaths)
}

function hidePaths(key: string, value: unknown): unknown {
  if (key === 'Path' && typeof value === 'string') return null
  if (key === 'Paths' && Array.isArray(value)) return []
  // What a job found differs from one kind to the next.
  if (key === 'Result') return value && JSON.parse(JSON.stringify(value, (_, text) => withoutPaths(text)))
  if (sentences.has(key)) return withoutPaths(value)
  return values.has(key) && typeof value === 'string' && withoutPaths(value).startsWith(HIDDEN) ? HIDDEN : value
}

function withoutPaths<Value>(value: Value): Value | string {
  return typeof value === 'string' ? value.replaceAll(somePath(), HIDDEN) : value
}

let pattern: RegExp | undefined

/**
 * An absolute path with the rest of its sentence or quotation, since names have spaces: below a folder that this machine has, so that no
 * address of the API or name of a tensor is taken for one, or of Windows.
 */
function somePath(): RegExp {
  if (pattern) return pattern
  const roots =
    process.platform === 'win32' ? [] : readdirSync('/').map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const start = [`/(?:${roots.join('|') || '(?!)'})(?=/)`, '[A-Za-z]:[\\\\/]', '\\\\\\\\[^\\\\]'].join('|')
  pattern = new RegExp(`(?<![\\w.:/\\\\-])(?:${start}).*?(?=[”"]|;|\\)?\\.?$|\\. \\p{Lu})`, 'gmu')
  return pattern
}
