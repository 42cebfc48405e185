import { ActionIcon, Button, Progress } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCircleDashed, IconEqual, IconMinus, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useStore } from 'zustand'
import { groupedNumber, plural, shortBytes } from '../../../src-contract/words/human-number.ts'
import {
  type ImportItem,
  type ImportState,
  importQueue,
  isOver,
  outcomeWords,
} from '../../actions/import/import-queue.ts'
import { cancelImports, clearImports, pauseImports, retryImports } from '../../actions/import/run-imports.ts'
import styles from './import-results.module.css'

const icons: Record<ImportState, typeof IconCheck> = {
  waiting: IconCircleDashed,
  running: IconCircleDashed,
  imported: IconCheck,
  present: IconEqual,
  refused: IconAlertTriangle,
  cancelled: IconMinus,
}

const words: Record<ImportState, string> = {
  waiting: 'Waiting',
  running: 'Importing',
  imported: 'Imported',
  present: 'Already here',
  refused: 'Refused',
  cancelled: 'Cancelled',
}

function Row({ item }: { item: ImportItem }) {
  const Icon = icons[item.state]
  return (
    <li className={styles.row}>
      <Icon size={16} className={styles[item.state]} aria-hidden />
      <div className={styles.body}>
        <span className={styles.line}>
          {item.uuid ? (
            <Link className={`${styles.name} ellipsis`} to="/function/$uuid" params={{ uuid: item.uuid }}>
              {item.name}
            </Link>
          ) : (
            <span className={`${styles.name} ellipsis`}>{item.name}</span>
          )}
          <span className={styles.state}>{words[item.state]}</span>
        </span>
        {item.state === 'running' && item.total > 0 && (
          <span className={styles.line}>
            <Progress
              className={styles.bar}
              size={3}
              value={(item.done / item.total) * 100}
              color="var(--accent)"
              aria-label={item.name}
            />
            <span className={styles.state}>{shortBytes(item.total)}</span>
          </span>
        )}
        {(item.state === 'refused' || item.state === 'present') && (
          <span className={styles.message}>{item.message}</span>
        )}
      </div>
    </li>
  )
}

/** What becomes of each file, in words; stays until it is closed. */
export function ImportResults() {
  const { items, paused } = useStore(importQueue)
  const busy = !items.every(isOver)
  const again = items.filter(({ state }) => state === 'refused' || state === 'cancelled').length
  // What was not imported comes first, all of it; the rest is cut, since 10,000 equal lines say no more than 200.
  const order = [...items].sort((left, right) => rank(left) - rank(right))
  const shown = order.slice(0, Math.max(200, items.filter(({ state }) => state === 'refused').length))
  return (
    <section>
      <header className={styles.head}>
        <h2 className={styles.title}>{busy ? (paused ? 'Import paused' : 'Importing') : outcomeWords(items)}</h2>
        <ActionIcon size={22} aria-label="Hide" onClick={() => importQueue.setState({ open: false })}>
          <IconX size={14} />
        </ActionIcon>
      </header>
      <ul className={styles.list}>
        {shown.map((item) => (
          <Row key={item.id} item={item} />
        ))}
      </ul>
      {order.length > shown.length && (
        <p className={styles.more}>and {groupedNumber(order.length - shown.length)} more</p>
      )}
      <footer className={styles.foot}>
        {busy && <Button onClick={() => pauseImports(!paused)}>{paused ? 'Resume' : 'Pause'}</Button>}
        {busy && <Button onClick={cancelImports}>Stop</Button>}
        {!busy && again > 0 && <Button onClick={retryImports}>Try {plural(again, 'file')} again</Button>}
        {!busy && <Button onClick={clearImports}>Done</Button>}
      </footer>
    </section>
  )
}

const rank = ({ state }: ImportItem): number =>
  ['refused', 'running', 'waiting', 'cancelled', 'present', 'imported'].indexOf(state)
