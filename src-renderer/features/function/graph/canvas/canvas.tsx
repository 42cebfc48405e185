import '@xyflow/react/dist/style.css'
import { IconMaximize } from '@tabler/icons-react'
import {
  Background,
  ControlButton,
  Controls,
  MarkerType,
  Position,
  ReactFlow,
  useReactFlow,
  useStore,
} from '@xyflow/react'
import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useMemo } from 'react'
import styles from '../graph-tab.module.css'
import { arrowLabels, arrowTitle } from '../layout/arrow-labels.ts'
import { ROW } from '../layout/box-size.ts'
import type { Layout } from '../layout/layout.ts'
import type { Picture } from '../model/picture.ts'
import type { Scope } from '../model/scope.ts'
import { type BoxFlowNode, BoxNode } from './box-node.tsx'
import { drawingOf } from './drawing.ts'
import { FarView } from './far-view.tsx'
import { NearLabels } from './near-labels.tsx'
import { Overview } from './overview.tsx'
import { RouteEdge, type RouteFlowEdge } from './route-edge.tsx'
import { useFittedView } from './use-fitted-view.ts'
import { useNearBoxes } from './use-near-boxes.ts'
import { usePaintedPointer } from './use-painted-pointer.ts'
import { centredView, fittingView, openingView, smallestZoom } from './views.ts'
import { type Direction, type Spot, spotOf, walk } from './walk.ts'

/** Of a picture with more boxes only those in sight are made of elements. */
const MOST_ELEMENTS = 400

const nodeTypes = { box: BoxNode }
const edgeTypes = { route: RouteEdge }
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
  const fitTo = useFittedView()
  const drawing = useMemo(() => drawingOf(picture, layout), [picture, layout])
  // Of a large picture only what is near is made of elements, and its arrows are painted; from far away everything is.
  const isLarge = drawing.boxes.length > MOST_ELEMENTS
  const near = useNearBoxes(drawing, isLarge)
  const isFar = near.length === 0
  const isPainted = isLarge || isFar
  const holdsGraphs = useCallback((node: number) => scope.inner.has(node), [scope])
  const nodes = useMemo(
    (): BoxFlowNode[] =>
      near.map(({ box, place: { x, y, width, height } }) => ({
        id: box.id,
        type: 'box',
        position: { x, y },
        width,
        height,
        // Given in advance, so that an arrow is drawn even while the box at its other end is out of sight.
        handles: [
          { type: 'target', position: Position.Top, x: width / 2, y: 0, width: 1, height: 1 },
          { type: 'source', position: Position.Bottom, x: width / 2, y: height, width: 1, height: 1 },
        ],
        // Nodes that can be neither moved nor selected would let clicks through.
        style: { pointerEvents: 'all' },
        data: { box, scope, picture, spot: spot?.box === box.id ? spot : null, onChoose, onOpen, onWalk, onScope },
      })),
    [near, picture, scope, spot, onChoose, onOpen, onWalk, onScope],
  )
  const labels = useMemo(() => arrowLabels(picture, scope), [picture, scope])
  const nearArrows = useMemo(() => {
    const ids = new Set(isLarge ? near.map(({ box }) => box.id) : [])
    return ids.size === 0 ? [] : picture.arrows.filter(({ from, to }) => ids.has(from) || ids.has(to))
  }, [isLarge, near, picture])
  const chosen = spot?.box ?? null
  const edges = useMemo(
    (): RouteFlowEdge[] =>
      (isPainted ? [] : picture.arrows).map((arrow) => {
        const { id, from, to } = arrow
        const near = chosen !== null && (from === chosen || to === chosen)
        return {
          id,
          type: 'route',
          source: from,
          target: to,
          data: { route: routes.get(id), label: labels.get(id), title: arrowTitle(arrow, scope), near },
          markerEnd: { type: MarkerType.ArrowClosed, width: 14, height: 14 },
          ...(near && { zIndex: 1 }),
        }
      }),
    [picture, scope, isPainted, labels, routes, chosen],
  )

  const flyTo = (spot: Spot) => {
    const place = places.get(spot.box)
    if (!place) return
    const box = picture.boxes.find(({ id }) => id === spot.box)
    const row = box?.kind === 'chain' ? box.nodes.findIndex(({ Id }) => Id === spot.node) : 0
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    const target = { x: place.x + place.width / 2, y: place.y + ROW * (Math.max(row, 0) + 0.5) }
    const zoom = Math.max(flow.getZoom(), 0.8)
    fitTo((size) => centredView(target, size, zoom), still ? 0 : 160)
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: the view moves on request, not whenever a node is selected
  useEffect(() => {
    if (spot === null || flight === 0) return
    // The details that open beside the graph make it narrower first.
    const frame = requestAnimationFrame(() => requestAnimationFrame(() => flyTo(spot)))
    return () => cancelAnimationFrame(frame)
  }, [flight])

  const showWhole = () => fitTo((size) => fittingView(drawing, size))
  const goAlong = (from: string, to: string) => {
    const end = picture.boxes.find(({ id }) => id === (spot?.box === to ? from : to))
    if (end) onWalk(spotOf(end))
  }
  const painted = usePaintedPointer({ drawing, picture, scope, isPainted })
  const underPointer = (event: MouseEvent, onBox: (spot: Spot) => void) => {
    const { spot: hit, arrow } = painted.at(event)
    if (hit) onBox(hit)
    else if (arrow) goAlong(arrow.from, arrow.to)
  }

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
    else if (event.key === '0') showWhole()
    else if (event.key === 'f') onFind()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  const smallest = useStore((size) => smallestZoom(drawing, size))
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
      onDoubleClick={(event) => {
        if (isFar && event.target instanceof Element && event.target.closest('.react-flow__pane'))
          underPointer(event, onOpen)
      }}
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onlyRenderVisibleElements={!isLarge}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        zoomOnDoubleClick={false}
        minZoom={smallest}
        maxZoom={1.6}
        onEdgeClick={(_, edge) => goAlong(edge.source, edge.target)}
        onPaneClick={(event) => underPointer(event, onChoose)}
        onPaneMouseMove={painted.name}
        onInit={() => (spot ? flyTo(spot) : fitTo((size) => openingView(drawing, size)))}
        proOptions={{ hideAttribution: true }}
      >
        <Background gap={24} size={1} />
        {isPainted && <FarView drawing={drawing} chosen={chosen} boxes={isFar} holdsGraphs={holdsGraphs} />}
        {nearArrows.length > 0 && <NearLabels arrows={nearArrows} routes={routes} labels={labels} chosen={chosen} />}
        <Controls showInteractive={false} showFitView={false}>
          <ControlButton title="Fit view" aria-label="Fit view" onClick={showWhole}>
            <IconMaximize />
          </ControlButton>
        </Controls>
        <Overview drawing={drawing} />
      </ReactFlow>
    </div>
  )
}
