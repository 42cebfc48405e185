import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { groupedNumber } from '../../../src-contract/words/human-number.ts'
import { duplicatesQuery, NAMED_DUPLICATES } from '../../lib/api/queries.ts'
import { Fact } from '../layout/fact.tsx'

const kinds = [
  { filter: 'SameBytesAs', words: 'same bytes as' },
  { filter: 'SameStructureAs', words: 'same structure as' },
] as const

/** The other models with the same bytes, and with the same structure but other weights; nothing where there are none. ItemStatus in a `dl`. */
export function DuplicatesFacts({ uuid }: { uuid: string }) {
  return kinds.map(({ filter, words }) => <Duplicates key={filter} uuid={uuid} filter={filter} words={words} />)
}

type Props = { uuid: string; filter: (typeof kinds)[number]['filter']; words: string }

function Duplicates({ uuid, filter, words }: Props) {
  const duplicates = useQuery(duplicatesQuery(filter, uuid))
  if (!duplicates.data || duplicates.data.total === 0) return null
  const { rows, total } = duplicates.data
  const more = total - NAMED_DUPLICATES
  return (
    <Fact label="Duplicates">
      <span>
        {words}{' '}
        {rows.map(({ UUID, Name }, index) => (
          <span key={UUID}>
            {index > 0 && ', '}
            <Link to="/function/$uuid" params={{ uuid: UUID }}>
              {Name}
            </Link>
          </span>
        ))}
        {more > 0 && (
          <>
            {' and '}
            <Link to="/" search={{ [filter]: uuid }}>
              {groupedNumber(more)} more
            </Link>
          </>
        )}
      </span>
    </Fact>
  )
}
