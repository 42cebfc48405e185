import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { Spot } from './canvas/walk.ts'
import styles from './graph-details.module.css'
import { GroupDetails } from './group-details.tsx'
import type { Detailed } from './model/details.ts'
import type { Box } from './model/picture.ts'
import { NodeDetails } from './node-details.tsx'
import { ValueRow } from './value-row.tsx'

type Props = { box: Box; spot: Spot; detailed: Detailed; onOpen: (spot: Spot) => void; onClose: () => void }

/** What is known of the chosen part of the graph, beside it. */
export function GraphDetails({ box, spot, detailed, onOpen, onClose }: Props) {
  const node = box.kind === 'chain' ? box.nodes.find(({ Id }) => Id === spot.node) : undefined
  const title = node
    ? node.Type
    : box.kind === 'group'
      ? box.label
      : box.kind === 'input'
        ? 'Input'
        : box.kind === 'output'
          ? 'Output'
          : ''
  return (
    <aside className={styles.details} aria-label={`Details: ${title}`}>
      <header className={styles.head}>
        <h2 className={`${styles.type} mono`}>{title}</h2>
        <ActionIcon size={22} aria-label="Close the details" onClick={onClose}>
          <IconX size={14} />
        </ActionIcon>
      </header>
      {node && <NodeDetails node={node} detailed={detailed} />}
      {box.kind === 'group' && (
        <>
          <p className={styles.quiet}>{box.note}</p>
          <GroupDetails nodes={box.nodes} onOpen={() => onOpen(spot)} />
        </>
      )}
      {(box.kind === 'input' || box.kind === 'output') && (
        <ul className={`${styles.values} mono`}>
          <ValueRow name={box.value} ends={box.kind === 'input' ? 'users' : 'maker'} detailed={detailed} />
        </ul>
      )}
    </aside>
  )
}
