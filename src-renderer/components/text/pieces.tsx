import { pieces } from '../../lib/format/matches.ts'

/** A text with the words of a search marked in it. */
export function Pieces({ text, search }: { text: string; search: string }) {
  if (search === '') return text
  return pieces(text, search).map((piece, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never move
    piece.hit ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>,
  )
}
