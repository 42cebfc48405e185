import { Button, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { elementTypeInfo } from '../../../src-contract/element-type.ts'
import { groupedNumber, shortBytes } from '../../../src-contract/human-number.ts'
import type { Inspection } from '../../../src-contract/inspection.ts'
import { Card } from '../../components/card.tsx'
import { TypeName } from '../../components/signature-line.tsx'
import styles from './initializers-table.module.css'

const STEP = 50

/** The stored tensors, largest first, with the share of the bytes each takes. */
export function InitializersTable({ report }: { report: Inspection }) {
  const [search, setSearch] = useState('')
  const [limit, setLimit] = useState(STEP)
  const wanted = search.trim().toLowerCase()
  const found = report.Initializers.filter(({ Name }) => Name.toLowerCase().includes(wanted))
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
            <th scope="col" className={styles.end}>
              Bytes
            </th>
          </tr>
        </thead>
        <tbody>
          {found.slice(0, limit).map((tensor, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: scopes may use a name twice
            <tr key={index}>
              <td className={`${styles.name} mono`} title={tensor.Scope === 'main' ? undefined : `in ${tensor.Scope}`}>
                {tensor.Name}
                {tensor.Location !== null && <span className={styles.quiet}> in {tensor.Location}</span>}
              </td>
              <td className="mono">
                <TypeName
                  value={{ type: elementTypeInfo(tensor.ElementType).short, elementType: tensor.ElementType }}
                />
              </td>
              <td className={`${styles.quiet} mono`}>
                {tensor.Shape.length === 0 ? 'scalar' : tensor.Shape.join('×')}
              </td>
              <td className={`${styles.end} numeric`} title={`${groupedNumber(tensor.Bytes)} bytes`}>
                <span className={styles.bar} style={{ width: `${(tensor.Bytes / largest) * 60}px` }} aria-hidden />
                {shortBytes(tensor.Bytes)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.length === 0 && <p className={styles.quiet}>No initializer is called so.</p>}
      {found.length > limit && (
        <Button mt={8} onClick={() => setLimit(limit + 10 * STEP)}>
          Show {groupedNumber(Math.min(10 * STEP, found.length - limit))} more
        </Button>
      )}
    </Card>
  )
}
