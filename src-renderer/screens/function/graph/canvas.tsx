import '@xyflow/react/dist/style.css'
import { Background, Controls, MarkerType, ReactFlow, useReactFlow, useStore } from '@xyflow/react'
import { type KeyboardEvent, useEffect, useMemo } from 'react'
import { arrowLabels } from './arrow-labels.ts'
import { type BoxFlowNode, BoxNode } from './box-node.tsx'
import { ROW } from './box-size.ts'
import type { Picture } from './build-graph.ts'
import styles from './graph-tab.module.css'
import type { Layout, Place, Places } from './layout-graph.ts'
import { RouteEdge, type RouteFlowEdge } from './route-edge.tsx'
import type { Scope } from './scope.ts'
import { type Direction, type Spot, spotOf, walk } from './walk.ts'

const nodeTypes = { box: BoxNode }
const edgeTypes = { route: RouteEdge }
const MARGIN = 40
const directions: Record<string, Direction> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
}

type Props = {
  scope: Scope
  picture: Picture
  layout: Layout
  spot: Spot | null
  /** Counts up whenever the view shall move to the spot. */
  flight: number
  describedBy: string
  onChoose: (spot: Spot) => void
  onWalk: (spot: Spot) => void
  onOpen: (spot: Spot) => void
  onScope: (scope: string) => void
  onUp: (() => void) | null
  onClose: () => void
  onFind: () => void
}

/** The picture itself: pan and zoom by pointer, walk along the edges by arrow keys. */
export function Canvas(props: Props) {
  const { scope, picture, layout, spot, flight, onChoose, onWalk, onOpen, onScope, onUp, onClose, onFind } = props
  const { places, routes } = layout
  const flow = useReactFlow()
  const viewWidth = useStore(({ width }) => width)
  const nodes = useMemo(
    (): BoxFlowNode[] =>
      picture.boxes.flatMap((box) => {
        const place = places.get(box.id)
        if (!place) return []
        const { x, y, width, height } = place
        return [
          {
            id: box.id,
            type: 'box',
            position: { x, y },
            width,
            height,
            // Nodes that can be neither moved nor selected would let clicks through.
            style: { pointerEvents: 'all' },
            data: { box, scope, picture, spot: spot?.box === box.id ? spot : null, onChoose, onOpen, onWalk, onScope },
          },
        ]
      }),
    [picture, places, scope, spot, onChoose, onOpen, onWalk, onScope],
  )
  const labels = useMemo(() => arrowLabels(picture, scope), [picture, scope])
  const chosen = spot?.box ?? null
  const edges = useMemo(
    (): RouteFlowEdge[] =>
      picture.arrows.map(({ id, from, to }) => {
        const near = chosen !== null && (from === chosen || to === chosen)
        return {
          id,
          type: 'route',
          source: from,
          target: to,
          data: { route: routes.get(id), label: labels.get(id), near },
          markerEnd: { type: MarkerType.ArrowClosed, width: 14, height: 14 },
          ...(near && { zIndex: 1 }),
        }
      }),
    [picture, labels, routes, chosen],
  )

  const flyTo = (spot: Spot) => {
    const place = places.get(spot.box)
    if (!place) return
    const box = picture.boxes.find(({ id }) => id === spot.box)
    const row = box?.kind === 'chain' ? box.nodes.findIndex(({ Id }) => Id === spot.node) : 0
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    void flow.setCenter(place.x + place.width / 2, place.y + ROW * (Math.max(row, 0) + 0.5), {
      zoom: Math.max(flow.getZoom(), 0.8),
      duration: still ? 0 : 160,
    })
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: the view moves when it is told to, not whenever something is chosen
  useEffect(() => {
    if (spot === null || flight === 0) return
    // The details that open beside the graph make it narrower first.
    const frame = requestAnimationFrame(() => requestAnimationFrame(() => flyTo(spot)))
    return () => cancelAnimationFrame(frame)
  }, [flight])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const direction = directions[event.key]
    if (direction) {
      const [first] = picture.boxes
      const next = spot ? walk(picture, places, spot, direction) : first ? spotOf(first) : null
      if (next) onWalk(next)
    } else if (event.key === 'Enter' && spot) onOpen(spot)
    else if (event.key === 'Backspace' && onUp) onUp()
    else if (event.key === 'Escape' && spot) onClose()
    else if (event.key === '+' || event.key === '=') void flow.zoomIn()
    else if (event.key === '-') void flow.zoomOut()
    else if (event.key === '0') void flow.fitView({ padding: 0.1, maxZoom: fullZoom(viewWidth) })
    else if (event.key === 'f') onFind()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div
      className={styles.keys}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the graph is walked through by keys as one thing
      tabIndex={0}
      role="application"
      aria-label="Graph"
      aria-describedby={props.describedBy}
      data-graph
      onKeyDown={onKeyDown}
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onlyRenderVisibleElements
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        zoomOnDoubleClick={false}
        minZoom={0.02}
        maxZoom={1.6}
        onEdgeClick={(_, edge) => {
          const end = picture.boxes.find(({ id }) => id === (spot?.box === edge.target ? edge.source : edge.target))
          if (end) onWalk(spotOf(end))
        }}
        onInit={(instance) => void (spot ? flyTo(spot) : openingView(instance, picture, places, viewWidth))}
        proOptions={{ hideAttribution: true }}
      >
        <Background gap={24} size={1} />
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  )
}

type View = {
  fitView(options: object): Promise<boolean>
  getZoom(): number
  setViewport(view: { x: number; y: number; zoom: number }): Promise<boolean>
}

/** A small graph is drawn somewhat larger in a wide window, rather than alone in much space. */
const fullZoom = (viewWidth: number): number => (viewWidth > 1300 ? 1.25 : 1)

/** Small graphs whole; of large ones the top with the first input, readable. */
async function openingView(flow: View, picture: Picture, places: Places, viewWidth: number) {
  await flow.fitView({ padding: 0.1, maxZoom: fullZoom(viewWidth) })
  if (flow.getZoom() >= 0.75) return
  const all = [...places.values()]
  const [first = { x: 0, y: 0, width: 0, height: 0 }] = all
  const input = picture.boxes.find(({ kind }) => kind === 'input')
  const start: Place = (input && places.get(input.id)) ?? all.reduce((top, at) => (at.y < top.y ? at : top), first)
  const zoom = fullZoom(viewWidth)
  const left = Math.min(...all.map(({ x }) => x))
  const right = Math.max(...all.map(({ x, width }) => x + width))
  const half = viewWidth / zoom / 2 - MARGIN
  const wanted = start.x + start.width / 2
  const centre = right - left < 2 * half ? (left + right) / 2 : Math.min(Math.max(wanted, left + half), right - half)
  await flow.setViewport({ x: viewWidth / 2 - centre * zoom, y: MARGIN - start.y * zoom, zoom })
}
