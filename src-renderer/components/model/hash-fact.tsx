import { shortHash } from '../../lib/format/short-hash.ts'
import { Fact } from '../layout/fact.tsx'
import { CopyButton } from '../text/copy-button.tsx'

/** A UUID or digest, short, with the whole of it on hover and to be copied. */
export function HashFact({ label, text }: { label: string; text: string }) {
  return (
    <Fact label={label}>
      <span className="mono" title={text}>
        {shortHash(text)}
      </span>
      <CopyButton text={text} what={`the ${label}`} />
    </Fact>
  )
}
