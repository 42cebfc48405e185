import { Fragment } from 'react'

/** A name in full that is broken, where it must be, behind the signs that part its words: files are seldom named with spaces. */
export function WrappingName({ text }: { text: string }) {
  return text.split(/(?<=[_\-./])(?=[^_\-./])/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ))
}
