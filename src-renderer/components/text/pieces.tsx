import { type Piece, pieces } from '../../lib/format/matches.ts'

/** Pieces of a text, those that a search hit marked. */
export function Marked({ parts }: { parts: readonly Piece[] }) {
  return parts.map(({ text, hit }, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never move
    hit ? <mark key={index}>{text}</mark> : text,
  )
}

/** A text with the words of a search marked in it. */
export function Pieces({ text, search }: { text: string; search: string }) {
  return <Marked parts={pieces(text, search)} />
}
