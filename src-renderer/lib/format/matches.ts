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

/** The pieces before and behind a place in the text; one that lies across it is parted. */
export function cutPieces(parts: readonly Piece[], place: number): [Piece[], Piece[]] {
  const head: Piece[] = []
  const tail: Piece[] = []
  let from = 0
  for (const { text, hit } of parts) {
    const cut = Math.max(0, Math.min(text.length, place - from))
    if (cut > 0) head.push({ text: text.slice(0, cut), hit })
    if (cut < text.length) tail.push({ text: text.slice(cut), hit })
    from += text.length
  }
  return [head, tail]
}
