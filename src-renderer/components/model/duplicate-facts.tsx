import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { groupedNumber } from '../../../src-contract/words/human-number.ts'
import { NAMED_TWINS, twinsQuery } from '../../lib/api/queries.ts'
import { Fact } from '../layout/fact.tsx'

const kinds = [
  { filter: 'SameBytesAs', words: 'same bytes as' },
  { filter: 'SameStructureAs', words: 'same structure as' },
] as const

/** The other models with the same bytes, and with the same structure but other weights; nothing where there are none. Stands in a `dl`. */
export function TwinsFacts({ uuid }: { uuid: string }) {
  return kinds.map(({ filter, words }) => <Twins key={filter} uuid={uuid} filter={filter} words={words} />)
}

type Props = { uuid: string; filter: (typeof kinds)[number]['filter']; words: string }

function Twins({ uuid, filter, words }: Props) {
  const twins = useQuery(twinsQuery(filter, uuid))
  if (!twins.data || twins.data.total === 0) return null
  const { rows, total } = twins.data
  const more = total - NAMED_TWINS
  return (
    <Fact label="Twins">
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
