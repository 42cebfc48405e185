import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import styles from '../graph-tab.module.css'
import type { ArrowLabel } from '../layout/arrow-labels.ts'
import type { Route } from '../layout/layout.ts'
import { routePath } from '../layout/route-path.ts'
import { EdgeLabel } from './edge-label.tsx'

type RouteEdgeData = {
  route: Route | undefined
  label: ArrowLabel | undefined
  /** What it carries, said when it is pointed at. */
  title: string
  /** Whether it begins or ends where the person is. */
  near: boolean
}
export type RouteFlowEdge = Edge<RouteEdgeData, 'route'>

/** An arrow along its way round the boxes, with the shape of what it carries. */
export function RouteEdge({ id, data, markerEnd }: EdgeProps<RouteFlowEdge>) {
  const route = data?.route
  const at = route?.label
  return (
    <>
      {data && <title>{data.title}</title>}
      <BaseEdge
        id={id}
        path={routePath(route?.points ?? [])}
        {...(markerEnd !== undefined && { markerEnd })}
        interactionWidth={12}
        {...(data?.near && { className: styles.near ?? '' })}
      />
      {at && data?.label && (
        <EdgeLabelRenderer>
          <EdgeLabel at={at} label={data.label} near={data.near} />
        </EdgeLabelRenderer>
      )}
    </>
  )
}
