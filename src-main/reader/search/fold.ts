/**
 * Takes away what a person who searches does not mean to tell: case, accents and other marks (é = e), and forms of one
 * letter (ß = ss, ς = σ, ﬁ = fi, full-width = plain). Letters that Unicode does not compose of a base and a mark stay
 * themselves (ø is not o).
 */
export function fold(text: string): string {
  if (isPlain(text)) return text.toLowerCase()
  const bare = text.normalize('NFKD').replace(/\p{Mn}+/gu, '')
  // Up from lower case, so that ẞ becomes SS like ß; then down again.
  return bare
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{Mn}+/gu, '')
    .replaceAll('ς', 'σ')
}

/** Whether a text is ASCII with nothing to fold but case; most are, and then folding and splitting are much quicker. */
export function isPlain(text: string): boolean {
  return !/[^ -~\s]/.test(text)
}
