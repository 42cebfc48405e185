import '@xyflow/react/dist/style.css'
import { Button, TextInput } from '@mantine/core'
import { IconArrowUp, IconSearch } from '@tabler/icons-react'
import { Background, Controls, type Edge, MarkerType, ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { GraphNode } from '../../../../src-contract/graph.ts'
import { groupedNumber } from '../../../../src-contract/human-number.ts'
import { EmptyState } from '../../../components/empty-state.tsx'
import { plural } from '../../../format/quantity.ts'
import { type BoxFlowNode, BoxNode } from './box-node.tsx'
import type { Box, Picture, Scope } from './build-graph.ts'
import { foldGraph } from './fold-graph.ts'
import styles from './graph-tab.module.css'
import type { Places } from './layout-graph.ts'
import { NodeDetails } from './node-details.tsx'
import { useLayout } from './use-layout.ts'
import { useScope } from './use-scope.ts'

const nodeTypes = { box: BoxNode }
const MAIN = 'main'

/** Longer labels, and those of more arrows than this into one box, would lie over each other. */
const LONGEST_LABEL = 24
const MOST_LABELS = 3

/** What an arrow carries: the shape where it is known, and how many values more. */
function arrowLabel(scope: Scope, value: string, count: number): string {
  const shape = scope.values.get(value)?.Shape
  const text = shape && shape.length > 0 ? shape.map((size) => size ?? '?').join('×') : ''
  const label = count > 1 ? `${text} +${count - 1}`.trim() : text
  return label.length > LONGEST_LABEL ? '' : label
}

/** The nodes that a search names, by operator, by their own name or by a value. */
function matchesOf(nodes: readonly GraphNode[], search: string): GraphNode[] {
  const word = search.trim().toLowerCase()
  if (word === '') return []
  const has = (text: string) => text.toLowerCase().includes(word)
  return nodes.filter(
    ({ Type, Name, Inputs, Outputs }) => has(Type) || has(Name) || Inputs.some(has) || Outputs.some(has),
  )
}

type CanvasProps = {
  scope: Scope
  picture: Picture
  places: Places
  chosen: GraphNode | null
  onChoose: (node: GraphNode) => void
  onOpen: (box: Box) => void
}

function Canvas({ scope, picture, places, chosen, onChoose, onOpen }: CanvasProps) {
  const flow = useReactFlow()
  const nodes = useMemo(
    (): BoxFlowNode[] =>
      picture.boxes.flatMap((box) => {
        const place = places.get(box.id)
        if (!place) return []
        const { x, y, width, height } = place
        const inside = chosen !== null && picture.boxOfNode.get(chosen.Id) === box.id
        return [
          {
            id: box.id,
            type: 'box',
            position: { x, y },
            width,
            height,
            // Nodes that can be neither moved nor selected would let clicks through.
            style: { pointerEvents: 'all' },
            data: { box, scope, chosen: inside ? chosen.Id : null, onChoose, onOpen },
          },
        ]
      }),
    [picture, places, scope, chosen, onChoose, onOpen],
  )
  const edges = useMemo((): Edge[] => {
    const arriving = new Map<string, number>()
    for (const { to } of picture.arrows) arriving.set(to, (arriving.get(to) ?? 0) + 1)
    return picture.arrows.map(({ id, from, to, value, count }) => ({
      id,
      source: from,
      target: to,
      label: (arriving.get(to) ?? 0) > MOST_LABELS ? '' : arrowLabel(scope, value, count),
      markerEnd: { type: MarkerType.ArrowClosed, width: 14, height: 14 },
    }))
  }, [picture, scope])
  const box = chosen ? picture.boxOfNode.get(chosen.Id) : undefined
  useEffect(() => {
    const place = box === undefined ? undefined : places.get(box)
    if (place) void flow.setCenter(place.x + place.width / 2, place.y + place.height / 2, { zoom: 1, duration: 150 })
  }, [box, places, flow])
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      onlyRenderVisibleElements
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      minZoom={0.05}
      maxZoom={1.6}
      onInit={(instance) => void openingView(instance, places)}
      proOptions={{ hideAttribution: true }}
    >
      <Background gap={24} size={1} />
      <Controls showInteractive={false} />
    </ReactFlow>
  )
}

/** Small graphs whole, large ones readable from the top. */
async function openingView(
  flow: {
    fitView(options: object): Promise<boolean>
    getZoom(): number
    setCenter(x: number, y: number, options: object): Promise<boolean>
  },
  places: Places,
) {
  await flow.fitView({ padding: 0.1, maxZoom: 1 })
  if (flow.getZoom() >= 0.5) return
  const all = [...places.values()]
  const top = all.reduce(
    (best, place) => (place.y < best.y ? place : best),
    all[0] ?? { x: 0, y: 0, width: 0, height: 0 },
  )
  await flow.setCenter(top.x + top.width / 2, top.y + 260, { zoom: 0.8 })
}

type Props = { uuid: string; scopeName: string; onScope: (scope: string) => void }

/** The graph of one scope: folded, searchable, with the details of a node beside it. */
export default function GraphTab({ uuid, scopeName, onScope }: Props) {
  const query = useScope(uuid, scopeName)
  const scope = query.data
  const [opened, setOpened] = useState<{ label: string; ids: ReadonlySet<number> }[]>([])
  const [chosen, setChosen] = useState<GraphNode | null>(null)
  const [search, setSearch] = useState('')
  const [hit, setHit] = useState(0)
  const within = opened.at(-1)?.ids ?? null
  const picture = useMemo(() => (scope ? foldGraph(scope, within) : null), [scope, within])
  const { places, slow, stop } = useLayout(picture, scope)
  const matches = useMemo(() => matchesOf(scope?.nodes ?? [], search), [scope, search])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another scope begins afresh
  useEffect(() => {
    setOpened([])
    setChosen(null)
  }, [scopeName])

  const choose = useCallback((node: GraphNode) => setChosen(node), [])
  const open = useCallback((box: Box) => {
    if (box.kind === 'group')
      setOpened((before) => [...before, { label: box.label, ids: new Set(box.nodes.map(({ Id }) => Id)) }])
  }, [])
  /** Shows a node wherever it is: the group that hides it is opened. */
  const goTo = (node: GraphNode) => {
    const id = picture?.boxOfNode.get(node.Id)
    const box = picture?.boxes.find((one) => one.id === id)
    if (box?.kind === 'group') open(box)
    else if (id === undefined) setOpened([])
    setChosen(node)
  }
  const next = (step: number) => {
    if (matches.length === 0) return
    const at = (hit + step + matches.length) % matches.length
    setHit(at)
    const match = matches[at]
    if (match) goTo(match)
  }

  if (query.isError) return <EmptyState title="The graph could not be read">{query.error.message}</EmptyState>
  if (!scope || !picture) return <p className={styles.wait}>Reading the graph…</p>
  if (scope.nodes.length === 0) return <EmptyState title="The graph has no nodes" />
  const up =
    opened.length > 0
      ? () => setOpened(opened.slice(0, -1))
      : scope.parent === null
        ? null
        : () => onScope(scope.parent ?? MAIN)
  return (
    <div className={styles.tab}>
      <div className={styles.bar}>
        {(up || scopeName !== MAIN) && (
          <Button leftSection={<IconArrowUp size={15} />} onClick={up ?? (() => onScope(MAIN))}>
            Up
          </Button>
        )}
        <span className={`${styles.where} ellipsis`}>
          {[scopeName === MAIN ? scope.name || 'Main graph' : scopeName, ...opened.map(({ label }) => label)].join(
            ' › ',
          )}
        </span>
        <span className={styles.quiet}>{plural(scope.nodes.length, 'node')}</span>
        <TextInput
          className={styles.search}
          size="xs"
          aria-label="Find a node or a value"
          placeholder="Find a node or a value"
          leftSection={<IconSearch size={14} />}
          rightSectionWidth={64}
          rightSection={
            search !== '' && (
              <span className={`${styles.quiet} numeric`}>
                {matches.length === 0 ? 'none' : `${groupedNumber(hit + 1)}/${groupedNumber(matches.length)}`}
              </span>
            )
          }
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value)
            setHit(-1)
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') next(event.shiftKey ? -1 : 1)
          }}
        />
      </div>
      <div className={styles.body}>
        <div className={styles.canvas}>
          {places ? (
            <ReactFlowProvider key={`${scopeName} ${opened.length}`}>
              <Canvas scope={scope} picture={picture} places={places} chosen={chosen} onChoose={choose} onOpen={open} />
            </ReactFlowProvider>
          ) : (
            <div className={styles.wait}>
              <p>Laying out {plural(picture.boxes.length, 'box', 'boxes')}…</p>
              {slow && <Button onClick={stop}>Stop and show a plain layout</Button>}
            </div>
          )}
        </div>
        {chosen && (
          <NodeDetails node={chosen} scope={scope} onGo={goTo} onScope={onScope} onClose={() => setChosen(null)} />
        )}
      </div>
    </div>
  )
}
