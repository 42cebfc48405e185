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
  return clean.length > MAX_LENGTH ? clean.slice(0, MAX_LENGTH - extension(clean).length) + extension(clean) : clean
}

/** The name without its extension: what a function is called that has no other name. */
export function stemOf(fileName: string): string {
  const stem = fileName.slice(0, fileName.length - extension(fileName).length)
  return stem.trim() || fileName
}

/** The name, or with ` (2)` and so on before its extension where it is taken. */
export function uniqueName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  for (let number = 2; ; number++) {
    const candidate = `${stemOf(name)} (${number})${extension(name)}`
    if (!taken.has(candidate)) return candidate
  }
}

function extension(name: string): string {
  return /\.[A-Za-z0-9_]{1,16}$/.exec(name)?.[0] ?? ''
}
