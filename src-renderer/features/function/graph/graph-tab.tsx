import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Inspection } from '../../../../src-contract/contract/models/inspection.ts'
import { EmptyState } from '../../../components/layout/empty-state.tsx'
import type { Spot } from './canvas/walk.ts'
import { type Folding, foldGraph } from './fold/fold-graph.ts'
import { GraphBar } from './graph-bar.tsx'
import { GraphBody } from './graph-body.tsx'
import { GraphDetails } from './graph-details.tsx'
import { GraphSearch } from './graph-search.tsx'
import styles from './graph-tab.module.css'
import { wiring } from './model/build-graph.ts'
import { type GraphOf, scopeQuery, wholeGraphQuery } from './model/load-scope.ts'
import { once } from './model/once.ts'
import { completeScope } from './model/scope.ts'
import { crumbsOf, functionScope } from './model/scope-words.ts'

const MAIN = 'main'

type Opened = { label: string; ids: ReadonlySet<number> }
type Props = {
  graph: GraphOf
  report: Inspection
  scopeName: string
  onScope: (scope: string) => void
}

/** The graph of one scope: folded, searchable, walked by keys, with the details of the chosen part beside it. */
export default function GraphTab({ graph, report, scopeName, onScope }: Props) {
  const client = useQueryClient()
  const query = useQuery(scopeQuery(graph, scopeName, client))
  const scope = useMemo(() => query.data && completeScope(query.data, report), [query.data, report])
  const [asked, setAsked] = useState(false)
  const functions = useMemo(() => report.Functions.map(functionScope), [report])
  const whole = useQuery({ ...wholeGraphQuery(graph, functions, client), enabled: asked })
  const [folding, setFolding] = useState<Folding>('folded')
  const [opened, setOpened] = useState<readonly Opened[]>([])
  const [spot, setSpot] = useState<Spot | null>(null)
  const [flight, setFlight] = useState(0)
  /** A node to be flown to as soon as its scope is read and its group is open. */
  const [target, setTarget] = useState<{ scope: string; node: number } | null>(null)
  const search = useRef<HTMLInputElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const within = opened.at(-1)?.ids ?? null
  const picture = useMemo(() => (scope ? foldGraph(scope, within, folding) : null), [scope, within, folding])
  // Only details and the way to a constant need it.
  const wires = useMemo(() => scope && once(() => wiring(scope.nodes, scope)), [scope])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another scope begins afresh
  useEffect(() => {
    setOpened([])
    setSpot(null)
    setFlight(0)
  }, [scopeName])

  useEffect(() => {
    if (!target || !scope || !picture || target.scope !== scope.id) return
    const id = picture.boxOfNode.get(target.node)
    const box = picture.boxes.find((one) => one.id === id)
    if (box?.kind === 'group') {
      setOpened((before) => [...before, { label: box.label, ids: new Set(box.nodes.map(({ Id }) => Id)) }])
    } else if (box) {
      setTarget(null)
      setSpot({ box: box.id, node: target.node })
      setFlight((count) => count + 1)
    } else if (within !== null) setOpened([])
    else {
      // A constant is drawn with what uses it.
      const [user] = (scope.nodes[target.node]?.Outputs ?? []).flatMap((value) => wires?.().users.get(value) ?? [])
      setTarget(user ? { scope: scope.id, node: user.Id } : null)
    }
  }, [target, scope, picture, within, wires])

  /** Another part of the graph is shown from its beginning. */
  const stay = useCallback(() => {
    setSpot(null)
    setFlight(0)
  }, [])
  const fly = useCallback((next: Spot) => {
    setSpot(next)
    setFlight((count) => count + 1)
  }, [])
  const open = useCallback(
    (at: Spot) => {
      const box = picture?.boxes.find(({ id }) => id === at.box)
      if (box?.kind === 'group') {
        setOpened((before) => [...before, { label: box.label, ids: new Set(box.nodes.map(({ Id }) => Id)) }])
        stay()
      }
      const node = box?.kind === 'chain' ? box.nodes.find(({ Id }) => Id === at.node) : undefined
      const [inner] = (node && scope?.inner.get(node.Id)) ?? []
      if (inner) onScope(inner.scope)
    },
    [picture, scope, onScope, stay],
  )
  const leaveTo = (length: number) => {
    setOpened(opened.slice(0, length))
    stay()
  }

  if (query.isError) return <EmptyState title="The graph could not be read">{query.error.message}</EmptyState>
  if (scope?.nodes.length === 0) return <EmptyState title="This graph has no nodes" />

  const box = spot ? picture?.boxes.find(({ id }) => id === spot.box) : undefined
  const others = whole.data?.scopes.filter(({ id }) => id !== scopeName) ?? []
  const up =
    opened.length > 0
      ? () => leaveTo(opened.length - 1)
      : scopeName === MAIN
        ? null
        : () => onScope(scope?.parent ?? MAIN)
  const reading = whole.isFetching
    ? 'Still reading subgraphs…'
    : whole.isError
      ? 'Subgraphs could not be read.'
      : whole.data?.complete === false
        ? 'Not every subgraph was searched.'
        : ''
  return (
    <div className={styles.tab}>
      <GraphBar
        crumbs={crumbsOf(scopeName, report.Graph.Name)}
        opened={opened.map(({ label }) => label)}
        count={within?.size ?? scope?.nodes.length ?? null}
        onScope={(next) => (next === scopeName ? leaveTo(0) : onScope(next))}
        onOpened={leaveTo}
        onUp={up}
        folding={picture?.foldable ? folding : null}
        tooMany={picture?.tooMany ?? false}
        onFolding={(next) => {
          setFolding(next)
          stay()
        }}
      >
        <GraphSearch
          scopes={scope ? [scope, ...others] : others}
          current={scopeName}
          note={reading}
          input={search}
          onAsk={() => setAsked(true)}
          onGo={({ scope: found, node }) => {
            setTarget({ scope: found.id, node: node.Id })
            if (found.id !== scopeName) onScope(found.id)
          }}
          onLeave={() => body.current?.querySelector<HTMLElement>('[data-graph]')?.focus()}
        />
      </GraphBar>
      <div ref={body} className={styles.body}>
        <GraphBody
          key={`${scopeName} ${opened.length} ${folding}`}
          scope={scope}
          picture={picture}
          spot={spot}
          flight={flight}
          onChoose={setSpot}
          onWalk={fly}
          onOpen={open}
          onScope={onScope}
          onUp={up}
          onClose={() => setSpot(null)}
          onFind={() => search.current?.focus()}
        />
        {spot && box && scope && wires && (
          <GraphDetails
            box={box}
            spot={spot}
            detailed={{
              graph,
              scope,
              wires: wires(),
              report,
              onScope,
              onGo: (node) => setTarget({ scope: scope.id, node }),
            }}
            onOpen={open}
            onClose={() => setSpot(null)}
          />
        )}
      </div>
    </div>
  )
}
