import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { plural } from '../../../src-contract/words/human-number.ts'
import { EmptyState } from '../../components/layout/empty-state.tsx'
import { ScreenHeader } from '../../components/layout/screen-header.tsx'
import { trashQuery } from '../../lib/api/queries.ts'
import { TrashActions } from './trash-actions.tsx'
import styles from './trash-screen.module.css'
import { TrashTable } from './trash-table.tsx'

/** What was deleted, for the 30 days in which it can come back. */
export function TrashScreen() {
  const trash = useInfiniteQuery(trashQuery)
  const [marked, setMarked] = useState<readonly string[]>([])
  const items = trash.data?.pages.flatMap(({ rows }) => rows) ?? []
  const total = trash.data?.pages.at(-1)?.total ?? 0
  // What went another way is not chosen any more.
  const chosen = items.filter(({ UUID }) => marked.includes(UUID)).map(({ UUID }) => UUID)
  return (
    <>
      <ScreenHeader title="Trash">
        {total > 0 && `${plural(total, 'model')}, ${total > 1 ? 'each ' : ''}kept for 30 days`}
      </ScreenHeader>
      {trash.isError && <EmptyState title="The trash could not be read">{trash.error.message}</EmptyState>}
      {trash.isSuccess && total === 0 && (
        <EmptyState title="The trash is empty">Deleted models are kept here for 30 days.</EmptyState>
      )}
      {items.length > 0 && (
        <>
          <TrashActions chosen={chosen} total={total} onDone={() => setMarked([])} />
          <div className={styles.scroll}>
            <TrashTable items={items} chosen={chosen} onChoose={setMarked} />
            {trash.hasNextPage && (
              <div className={styles.more}>
                <Button loading={trash.isFetchingNextPage} onClick={() => void trash.fetchNextPage()}>
                  Show more
                </Button>
              </div>
            )}
          </div>
        </>
      )}
    </>
  )
}
