import { Button, Checkbox } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import type { TrashItem } from '../../../src-contract/contract/functions/trash.ts'
import { plural, shortBytes } from '../../../src-contract/words/human-number.ts'
import { undeleteFunctions } from '../../actions/change-functions.ts'
import { ago, wholeMoment } from '../../lib/format/time.ts'
import styles from './trash-screen.module.css'

type Props = {
  items: readonly TrashItem[]
  chosen: readonly string[]
  onChoose: (uuids: readonly string[]) => void
}

/** The deleted models that were read so far, to be chosen or restored one by one. */
export function TrashTable({ items, chosen, onChoose }: Props) {
  const all = chosen.length === items.length
  const toggle = (uuid: string) =>
    onChoose(chosen.includes(uuid) ? chosen.filter((other) => other !== uuid) : [...chosen, uuid])
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col" className={styles.check}>
            <Checkbox
              aria-label="Select all shown"
              checked={all}
              indeterminate={!all && chosen.length > 0}
              onChange={() => onChoose(all ? [] : items.map(({ UUID }) => UUID))}
            />
          </th>
          <th scope="col">Name</th>
          <th scope="col">Catalogues</th>
          <th scope="col" className={styles.end}>
            Size
          </th>
          <th scope="col" className={styles.end}>
            Deleted
          </th>
          <th scope="col" className={styles.end}>
            Restore
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.UUID}>
            <td className={styles.check}>
              <Checkbox
                aria-label={`Select ${item.Name}`}
                checked={chosen.includes(item.UUID)}
                onChange={() => toggle(item.UUID)}
              />
            </td>
            <td className={styles.name}>{item.Name}</td>
            <td>{item.Catalogues.map(({ Name }) => Name).join(', ')}</td>
            <td className={`${styles.end} numeric`} title={`${plural(item.TotalSize, 'byte')}`}>
              {item.TotalSize === 0 ? '–' : shortBytes(item.TotalSize)}
            </td>
            <td
              className={styles.end}
              title={`${wholeMoment(item.DeletedAt)}; kept until at least ${wholeMoment(item.PurgedAfter)}`}
            >
              {ago(item.DeletedAt)}
            </td>
            <td className={styles.end}>
              <Button
                size="compact-sm"
                leftSection={<IconArrowBackUp size={14} />}
                aria-label={`Restore ${item.Name}`}
                onClick={() => void undeleteFunctions([item.UUID], item.Name)}
              >
                Restore
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
