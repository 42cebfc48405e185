import { EdgeLabelRenderer } from '@xyflow/react'
import { memo } from 'react'
import type { ArrowLabel } from '../layout/arrow-labels.ts'
import type { Layout } from '../layout/layout.ts'
import type { Arrow } from '../model/picture.ts'
import { EdgeLabel } from './edge-label.tsx'

type Props = {
  arrows: readonly Arrow[]
  routes: Layout['routes']
  labels: ReadonlyMap<string, ArrowLabel>
  /** The box where the person is. */
  chosen: string | null
}

/** What arrows carry where they are painted and only the boxes around the visible part are elements: there labels are elements too. */
export const NearLabels = memo(function NearLabels({ arrows, routes, labels, chosen }: Props) {
  return (
    <EdgeLabelRenderer>
      {arrows.map(({ id, from, to }) => {
        const at = routes.get(id)?.label
        const label = labels.get(id)
        return at && label && <EdgeLabel key={id} at={at} label={label} near={from === chosen || to === chosen} />
      })}
    </EdgeLabelRenderer>
  )
})
