import { cutPieces, pieces } from '../../lib/format/matches.ts'
import styles from './long-name.module.css'
import { Marked } from './pieces.tsx'

/** Characters of a name's end that always stay. */
const TAIL = 10
/** Names up to this length stay in one piece. */
const SHORT = 20

/** A model's name, the words of a search marked. Where there is no room it is cut before its end, by which versions differ. */
export function LongName({ text, search }: { text: string; search: string }) {
  const letters = [...text]
  const parts = pieces(text, search)
  if (letters.length <= SHORT) return <Marked parts={parts} />
  const [head, tail] = cutPieces(parts, letters.slice(0, -TAIL).join('').length)
  return (
    <span className={styles.name}>
      <span className={styles.head}>
        <Marked parts={head} />
      </span>
      <span className={styles.tail}>
        <Marked parts={tail} />
      </span>
    </span>
  )
}
