import { IconStarFilled } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { FunctionItem } from '../../../../src-contract/contract/functions/function.ts'
import { fieldTerm } from '../../../../src-contract/contract/functions/order-terms.ts'
import { plural, shortBytes } from '../../../../src-contract/words/human-number.ts'
import { shortNamedSignature } from '../../../../src-contract/words/signature-line.ts'
import { SignatureLine } from '../../../components/model/signature-line.tsx'
import { ago, wholeMoment } from '../../../lib/format/time.ts'
import { runsVerdict, troubleOf } from '../../../lib/format/trouble.ts'
import { NameLink } from '../grid/name-link.tsx'
import styles from './library-list.module.css'

/** A column of the list. `sort` is the API's name of its order; `narrow` columns go first when there is little room. */
export type Column = {
  id: string
  label: string
  width: string
  end?: boolean
  sort?: string
  narrow?: boolean
  cell: (item: FunctionItem, search: string) => ReactNode
}

/** What is wrong with a model, in red where its file is not here. */
function Trouble({ item }: { item: FunctionItem }) {
  const trouble = troubleOf(item)
  return (
    <span className={item.Status === 'error' ? styles.bad : undefined} title={trouble}>
      {trouble}
    </span>
  )
}

export function Signature({ item, search }: { item: FunctionItem; search: string }) {
  if (item.Status === 'error') return <Trouble item={item} />
  if (item.Status === 'new') return <span className={styles.quiet}>No file yet</span>
  if (item.Status === 'downloading') return <span className={styles.quiet}>Downloading…</span>
  return <SignatureLine signature={shortNamedSignature(item)} search={search} />
}

/** `yes`, or `no: operator`; all of why stands behind it. */
function Runs({ item }: { item: FunctionItem }) {
  const { answer, reason } = runsVerdict(item)
  if (answer === 'no file') return <span className={styles.quiet}>–</span>
  if (answer === 'checking') return <span className={styles.quiet}>checking</span>
  if (answer === 'yes') return 'yes'
  if (answer === 'unknown') return <span title={troubleOf(item)}>? {reason}</span>
  return (
    <span title={troubleOf(item)}>
      <span className={styles.warn}>no</span>
      {reason !== '' && `: ${reason}`}
    </span>
  )
}

const SHOWN_CATALOGUES = 2

export function Catalogues({ item }: { item: FunctionItem }) {
  const more = item.Catalogues.length - SHOWN_CATALOGUES
  return (
    <span className={styles.tags} title={item.Catalogues.map(({ Name }) => Name).join(', ')}>
      {item.Catalogues.slice(0, SHOWN_CATALOGUES).map(({ UUID, Name }) => (
        <span key={UUID} className={`${styles.tag} ellipsis`}>
          {Name}
        </span>
      ))}
      {more > 0 && <span className={styles.quiet}>+{more}</span>}
    </span>
  )
}

const signatureColumn: Column = {
  id: 'signature',
  label: 'Signature',
  width: 'minmax(180px, 1.8fr)',
  cell: (item, search) => <Signature item={item} search={search} />,
}

/** Where a model was found, by the ends of the paths, which tell more than their beginnings. */
function Paths({ item: { Paths, PathCount } }: { item: FunctionItem }) {
  const more = PathCount - Paths.length
  return (
    <span
      className="ellipsis"
      title={[...Paths, ...(more > 0 ? [`and ${plural(more, 'more', 'more')}`] : [])].join('\n')}
    >
      {PathCount > 2 && <span className={styles.quiet}>{PathCount}× </span>}
      {Paths.map((path) => path.split(/[\\/]/).slice(-2).join('/')).join(' = ')}
    </span>
  )
}

/** In a list of duplicates: every path of the same bytes, and what keeping one of them frees. */
export const pathsColumn: Column = {
  id: 'path',
  label: 'Path',
  width: 'minmax(240px, 2.4fr)',
  narrow: true,
  cell: (item) => <Paths item={item} />,
}
export const gainColumn: Column = {
  id: 'gain',
  label: 'To gain',
  width: '80px',
  end: true,
  cell: ({ PathCount, TotalSize }) =>
    PathCount < 2 ? <span className={styles.quiet}>–</span> : shortBytes((PathCount - 1) * TotalSize),
}

const quietly = (text: string | null) =>
  text === null ? <span className={styles.quiet}>–</span> : <span title={text}>{text}</span>

export const columns: readonly Column[] = [
  {
    id: 'name',
    label: 'Name',
    width: 'minmax(150px, 1.3fr)',
    sort: 'Name',
    cell: (item, search) => (
      <>
        <NameLink item={item} search={search} className={styles.name} />
        {item.Starred && <IconStarFilled size={12} className={styles.star} role="img" aria-label="Starred" />}
      </>
    ),
  },
  signatureColumn,
  {
    id: 'catalogues',
    label: 'Catalogues',
    width: 'minmax(90px, 0.75fr)',
    narrow: true,
    cell: (item) => <Catalogues item={item} />,
  },
  {
    id: 'size',
    label: 'Size',
    width: '76px',
    end: true,
    sort: 'Size',
    cell: (item) =>
      item.TotalSize === 0 ? (
        <span className={styles.quiet}>–</span>
      ) : (
        <span title={`${plural(item.TotalSize, 'byte')}`}>{shortBytes(item.TotalSize)}</span>
      ),
  },
  {
    id: 'source',
    label: 'Source',
    width: 'minmax(80px, 0.6fr)',
    narrow: true,
    cell: ({ Source }) => quietly(Source.Name),
  },
  { id: 'licence', label: 'Licence', width: '92px', narrow: true, cell: ({ Licence }) => quietly(Licence) },
  pathsColumn,
  { id: 'runs', label: 'Runs here', width: '92px', end: true, cell: (item) => <Runs item={item} /> },
  {
    id: 'updated',
    label: 'Updated',
    width: '84px',
    end: true,
    sort: 'UpdatedAt',
    narrow: true,
    cell: (item) => <span title={wholeMoment(item.UpdatedAt)}>{ago(item.UpdatedAt)}</span>,
  },
]

/** Where a list is of what is wrong, that is what is read first. */
export const troubleColumn: Column = {
  id: 'trouble',
  label: 'Problem',
  width: 'minmax(220px, 3fr)',
  cell: (item) => <Trouble item={item} />,
}

/** Next to it the signature as it was read, also where the file is away now. */
export const knownSignatureColumn: Column = {
  ...signatureColumn,
  cell: (item, search) => <SignatureLine signature={shortNamedSignature(item)} search={search} />,
}

/** A person's custom fields as columns, chosen by name; numbers stand under each other by their last digits. */
export const fieldColumn = (name: string, values: 'numbers' | 'texts'): Column => ({
  id: `Field.${name}`,
  label: name,
  width: 'minmax(70px, 0.4fr)',
  end: values === 'numbers',
  sort: fieldTerm(name),
  narrow: true,
  cell: (item) => {
    const value = item.Fields[name]
    return value === undefined ? <span className={styles.quiet}>–</span> : String(value)
  },
})
