import type { FunctionItem } from '../../../../src-contract/contract/functions/function.ts'
import { LongName } from '../../../components/text/long-name.tsx'

type Props = { item: FunctionItem; search: string; className: string | undefined }

/** The model's name, which leads to its page. Its row or card takes the focus, not the link. */
export function NameLink({ item: { UUID, Name }, search, className }: Props) {
  return (
    <a className={`${className} ellipsis`} href={`#/function/${UUID}`} tabIndex={-1} title={Name} aria-label={Name}>
      <LongName text={Name} search={search} />
    </a>
  )
}
