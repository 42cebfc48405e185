import { Button, SegmentedControl } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { plural } from '../../../../src-contract/words/human-number.ts'
import type { Folding } from './fold/fold-graph.ts'
import styles from './graph-tab.module.css'
import type { Crumb } from './model/scope-words.ts'

type Props = {
  /** The way to the scope that is shown, and the groups that are open in it. */
  crumbs: readonly Crumb[]
  opened: readonly string[]
  /** Nodes of the part that is shown; null while it is being read. */
  count: number | null
  onScope: (scope: string) => void
  /** So many groups stay open. */
  onOpened: (length: number) => void
  onUp: (() => void) | null
  /** Null where folding would make no difference. */
  folding: Folding | null
  /** All nodes at once are more than a picture can show. */
  tooMany: boolean
  onFolding: (folding: Folding) => void
  children: ReactNode
}

/** Which part of the graph is shown, the way back from it, and how it is shown. */
export function GraphBar({
  crumbs,
  opened,
  count,
  onScope,
  onOpened,
  onUp,
  folding,
  tooMany,
  onFolding,
  children,
}: Props) {
  const steps = [
    ...crumbs.map(({ id, words }) => ({ key: id, words, go: () => onScope(id) })),
    ...opened.map((words, index) => ({ key: `open ${index}`, words, go: () => onOpened(index + 1) })),
  ]
  return (
    <div className={styles.bar}>
      {onUp && (
        <Button leftSection={<IconArrowUp size={15} />} onClick={onUp}>
          Up
        </Button>
      )}
      <nav className={styles.where} aria-label="Part of the graph">
        {steps.map(({ key, words, go }, index) =>
          index === steps.length - 1 ? (
            <span key={key} className={`${styles.here} ellipsis`} aria-current="page" title={words}>
              {words}
            </span>
          ) : (
            <span key={key} className={styles.step}>
              <button type="button" className={styles.crumb} title={words} onClick={go}>
                {words}
              </button>
              {' ›'}
            </span>
          ),
        )}
      </nav>
      {count !== null && <span className={`${styles.count} numeric`}>{plural(count, 'node')}</span>}
      {tooMany && (
        <span
          className={`${styles.quiet} ellipsis`}
          title="There are too many nodes to show at once. Open a block to show all of its nodes."
        >
          Too many nodes to show at once: open a block or find a node
        </span>
      )}
      <div className={styles.tools}>
        {folding && (
          <SegmentedControl
            size="xs"
            aria-label="Blocks of nodes"
            data={[
              { value: 'folded', label: 'Folded' },
              { value: 'unfolded', label: 'All nodes' },
            ]}
            value={folding}
            onChange={(value) => onFolding(value === 'unfolded' ? 'unfolded' : 'folded')}
          />
        )}
        {children}
      </div>
    </div>
  )
}
