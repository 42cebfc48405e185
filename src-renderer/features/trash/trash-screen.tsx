import { Button } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { plural, shortBytes } from '../../../src-contract/words/human-number.ts'
import { undeleteFunctions } from '../../actions/change-functions.ts'
import { EmptyState } from '../../components/layout/empty-state.tsx'
import { ScreenHeader } from '../../components/layout/screen-header.tsx'
import { trashQuery } from '../../lib/api/queries.ts'
import { ago, wholeMoment } from '../../lib/format/time.ts'
import styles from './trash-screen.module.css'

/** What was deleted, for the 30 days in which it can come back. */
export function TrashScreen() {
  const trash = useQuery(trashQuery)
  const items = trash.data ?? []
  return (
    <>
      <ScreenHeader title="Trash">
        {items.length > 0 && `${plural(items.length, 'model')}, ${items.length > 1 ? 'each ' : ''}kept for 30 days`}
      </ScreenHeader>
      {trash.isError && <EmptyState title="The trash could not be read">{trash.error.message}</EmptyState>}
      {trash.data?.length === 0 && (
        <EmptyState title="The trash is empty">Deleted models are kept here for 30 days.</EmptyState>
      )}
      {items.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
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
        </div>
      )}
    </>
  )
}
