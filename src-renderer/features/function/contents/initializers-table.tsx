import { Button, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import type { Inspection } from '../../../../src-contract/contract/models/inspection.ts'
import { groupedNumber } from '../../../../src-contract/words/human-number.ts'
import { Card } from '../../../components/layout/card.tsx'
import { InitializerRow } from './initializer-row.tsx'
import styles from './initializers-table.module.css'

const STEP = 50

/** The stored tensors, largest first, with the share of the bytes each takes. */
export function InitializersTable({ report, uuid }: { report: Inspection; uuid: string }) {
  const [search, setSearch] = useState('')
  const [limit, setLimit] = useState(STEP)
  const wanted = search.trim().toLowerCase()
  const found = report.Initializers.filter(({ Name }) => Name.toLowerCase().includes(wanted))
  const model = { uuid, sha256: report.FileSha256 ?? '' }
  const largest = Math.max(1, ...report.Initializers.slice(0, 1).map(({ Bytes }) => Bytes))
  return (
    <Card
      title="Initializers"
      note={`· ${groupedNumber(found.length)}`}
      actions={
        <TextInput
          size="xs"
          aria-label="Find an initializer"
          placeholder="Find by name"
          leftSection={<IconSearch size={14} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      }
    >
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Type</th>
            <th scope="col">Shape</th>
            <th scope="col">Values</th>
            <th scope="col" className={styles.end}>
              Bytes
            </th>
          </tr>
        </thead>
        <tbody>
          {found.slice(0, limit).map((tensor) => (
            <InitializerRow
              key={`${tensor.Scope} ${tensor.Name} ${tensor.Kind}`}
              tensor={tensor}
              model={model}
              largest={largest}
            />
          ))}
        </tbody>
      </table>
      {found.length === 0 && <p className="quiet">No matching initializer.</p>}
      {found.length > limit && (
        <Button mt={8} onClick={() => setLimit(limit + 10 * STEP)}>
          Show {groupedNumber(Math.min(10 * STEP, found.length - limit))} more
        </Button>
      )}
    </Card>
  )
}
