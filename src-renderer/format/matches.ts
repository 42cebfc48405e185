/** A piece of a text; `hit` where a word of the search stands. */
export type Piece = { text: string; hit: boolean }

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Cuts a text where the words of a search match it, as the API matches: long words anywhere, short ones at a beginning. */
export function pieces(text: string, search: string): Piece[] {
  const words = search.split(/\s+/).filter((word) => word !== '')
  if (words.length === 0) return [{ text, hit: false }]
  const patterns = words.map((word) => ([...word].length >= 3 ? escaped(word) : `(?<![\\p{L}\\p{N}])${escaped(word)}`))
  const found: Piece[] = []
  let end = 0
  for (const match of text.matchAll(new RegExp(patterns.join('|'), 'giu'))) {
    if (match.index > end) found.push({ text: text.slice(end, match.index), hit: false })
    found.push({ text: match[0], hit: true })
    end = match.index + match[0].length
  }
  if (end < text.length || found.length === 0) found.push({ text: text.slice(end), hit: false })
  return found
}
