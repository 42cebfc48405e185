import { Button } from '@mantine/core'
import type { GraphNode } from '../../../../src-contract/contract/models/graph.ts'
import { groupedNumber } from '../../../../src-contract/words/human-number.ts'
import { BarChart } from '../../../components/layout/bar-chart.tsx'
import styles from './graph-details.module.css'

const SHOWN = 20

/** A folded group: which operators are in it, and the way in. */
export function GroupDetails({ nodes, onOpen }: { nodes: readonly GraphNode[]; onOpen: () => void }) {
  const counts = new Map<string, number>()
  for (const { Type } of nodes) counts.set(Type, (counts.get(Type) ?? 0) + 1)
  const bars = [...counts].sort(([, left], [, right]) => right - left).slice(0, SHOWN)
  return (
    <>
      <div>
        <Button size="compact-sm" onClick={onOpen}>
          Open it
        </Button>
      </div>
      <section>
        <h3 className={styles.heading}>Operators</h3>
        <BarChart
          label="Operators of the group"
          bars={bars.map(([type, count]) => ({ key: type, label: type, value: count, text: groupedNumber(count) }))}
        />
      </section>
    </>
  )
}
