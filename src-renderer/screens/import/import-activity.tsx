import { ActionIcon, Button, Popover, Progress } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useStore } from 'zustand'
import { groupedNumber } from '../../../src-contract/human-number.ts'
import styles from './import-activity.module.css'
import { importQueue, outcomeWords, progressOf } from './import-queue.ts'
import { ImportResults } from './import-results.tsx'
import { cancelImports } from './run-imports.ts'

/** The import in the status bar: how far it is, a way to stop it, and the result of each file. */
export function ImportActivity() {
  const { items, open } = useStore(importQueue)
  if (items.length === 0) return null
  const { over, count, share } = progressOf(items)
  const busy = over < count
  const words = busy ? `Importing ${groupedNumber(over + 1)} of ${groupedNumber(count)}` : outcomeWords(items)
  return (
    <div className={styles.part}>
      <Popover
        opened={open}
        onChange={(opened) => importQueue.setState({ open: opened })}
        position="top-end"
        offset={10}
        width={460}
        withRoles
        trapFocus={false}
        closeOnClickOutside={false}
      >
        <Popover.Target>
          <Button
            size="compact-xs"
            variant="subtle"
            className={styles.words}
            onClick={() => importQueue.setState({ open: !open })}
          >
            {words}
          </Button>
        </Popover.Target>
        <Popover.Dropdown className={styles.panel} aria-label="Imported files">
          <ImportResults />
        </Popover.Dropdown>
      </Popover>
      {busy && (
        <>
          <Progress className={styles.bar} size={4} value={share * 100} color="var(--accent)" aria-label="Import" />
          <ActionIcon size={20} aria-label="Stop importing" onClick={cancelImports}>
            <IconX size={13} />
          </ActionIcon>
        </>
      )}
    </div>
  )
}
