import { extensionOf, stemOf } from '../../../src-contract/util/file-stem.ts'

const MAX_LENGTH = 200

/** The last segment of a path from outside, as a name to show and to put into an address; `fallback` where nothing is left. */
export function safeFileName(path: string, fallback: string): string {
  const last = path.split(/[\\/]/).at(-1) ?? ''
  // Control and direction characters would let a name look like another one.
  const clean = last
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim()
  if (/^\.*$/.test(clean)) return fallback
  return clean.length > MAX_LENGTH ? clean.slice(0, MAX_LENGTH - extensionOf(clean).length) + extensionOf(clean) : clean
}

/** The name, or with ` (2)` and so on before its extension where it is taken. */
export function uniqueName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  for (let number = 2; ; number++) {
    const candidate = `${stemOf(name)} (${number})${extensionOf(name)}`
    if (!taken.has(candidate)) return candidate
  }
}
