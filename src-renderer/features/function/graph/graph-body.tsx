import { Skeleton } from '@mantine/core'
import { ReactFlowProvider } from '@xyflow/react'
import { type ComponentProps, useId } from 'react'
import { plural } from '../../../../src-contract/words/human-number.ts'
import { EmptyState } from '../../../components/layout/empty-state.tsx'
import { Canvas } from './canvas/canvas.tsx'
import styles from './graph-tab.module.css'
import { useLayout } from './layout/use-layout.ts'
import type { Picture } from './model/picture.ts'
import type { Scope } from './model/scope.ts'

type Props = Omit<ComponentProps<typeof Canvas>, 'scope' | 'picture' | 'layout' | 'describedBy'> & {
  scope: Scope | undefined
  picture: Picture | null
}

/** Shapes of boxes while the real ones are read and laid out. */
const skeleton = [
  { key: 'input', width: 120 },
  { key: 'first', width: 220 },
  { key: 'second', width: 160 },
  { key: 'third', width: 220 },
  { key: 'output', width: 120 },
]

/** The canvas, or a skeleton until there is a layout. */
export function GraphBody({ scope, picture, ...canvas }: Props) {
  const hint = useId()
  const { layout, error } = useLayout(picture, scope)
  if (error) return <EmptyState title="The graph could not be laid out">{error.message}</EmptyState>
  return (
    <div className={styles.canvas}>
      {scope && picture && layout ? (
        <>
          <ReactFlowProvider>
            <Canvas scope={scope} picture={picture} layout={layout} describedBy={hint} {...canvas} />
          </ReactFlowProvider>
          <p id={hint} className={styles.hint}>
            Arrow keys follow the edges · Enter opens · Backspace goes up · F finds
          </p>
        </>
      ) : (
        <div className={styles.skeleton} role="status">
          <p className={styles.unseen}>
            {picture ? `Laying out ${plural(picture.boxes.length, 'box', 'boxes')}…` : 'Reading the graph…'}
          </p>
          {skeleton.map(({ key, width }) => (
            <Skeleton key={key} width={width} height={34} radius={8} aria-hidden />
          ))}
        </div>
      )}
    </div>
  )
}
