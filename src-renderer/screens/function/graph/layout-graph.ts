import ELK, { type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk-api.js'
import ElkWorker from 'elkjs/lib/elk-worker.min.js?worker'
import { arrowLabels } from './arrow-labels.ts'
import { boxSize, LETTER } from './box-size.ts'
import type { Picture } from './build-graph.ts'
import type { Scope } from './scope.ts'

export type Point = { x: number; y: number }
export type Place = Point & { width: number; height: number }
export type Places = ReadonlyMap<string, Place>

/** Where an arrow runs, and the middle of its label if it has one. */
export type Route = { points: readonly Point[]; label: Point | null }

/** Where everything of a picture lies. A plain layout has no routes. */
export type Layout = { places: Places; routes: ReadonlyMap<string, Route> }

/** Up to so many boxes the layout may take its time over straight lines and room for labels. */
const CAREFUL = 400
const LABEL_HEIGHT = 18

const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  // Arrows that leave one box run together until they part.
  'elk.layered.mergeEdges': 'true',
  'elk.layered.spacing.nodeNodeBetweenLayers': '34',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '10',
  'elk.spacing.nodeNode': '28',
  'elk.spacing.edgeNode': '18',
  'elk.spacing.edgeEdge': '12',
  'elk.spacing.edgeLabel': '4',
  'elk.layered.edgeLabels.sideSelection': 'SMART_DOWN',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
}
const careful = {
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.nodePlacement.favorStraightEdges': 'true',
  'elk.layered.thoroughness': '12',
}
const quick = {
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
  'elk.layered.thoroughness': '3',
}

/** Lays a picture out in a worker, inputs at the top. Aborting ends the worker at once. */
export async function layoutGraph(picture: Picture, scope: Scope, signal: AbortSignal): Promise<Layout> {
  signal.throwIfAborted()
  const worker = new ElkWorker()
  const elk = new ELK({ workerFactory: () => worker })
  const isCareful = picture.boxes.length <= CAREFUL
  const labels = isCareful ? arrowLabels(picture, scope) : new Map<string, { text: string }>()
  const graph: ElkNode = {
    id: 'root',
    layoutOptions: { ...options, ...(isCareful ? careful : quick) },
    children: picture.boxes.map((box) => ({
      id: box.id,
      ...boxSize(box, scope, picture),
      ...(box.kind === 'input' && { layoutOptions: { 'elk.layered.layering.layerConstraint': 'FIRST' } }),
    })),
    edges: picture.arrows.map(({ id, from, to }) => {
      const label = labels.get(id)
      return {
        id,
        sources: [from],
        targets: [to],
        ...(label && {
          labels: [
            {
              id: `label ${id}`,
              text: label.text,
              width: label.text.length * LETTER + 10,
              height: LABEL_HEIGHT,
              layoutOptions: { 'elk.edgeLabels.inline': 'true', 'elk.edgeLabels.placement': 'CENTER' },
            },
          ],
        }),
      }
    }),
  }
  try {
    const aborted = new Promise<never>((_resolve, reject) =>
      signal.addEventListener('abort', () => reject(new DOMException('The layout was stopped.', 'AbortError'))),
    )
    const done = await Promise.race([elk.layout(graph), aborted])
    return {
      places: new Map(
        (done.children ?? []).map(({ id, x = 0, y = 0, width = 0, height = 0 }) => [id, { x, y, width, height }]),
      ),
      routes: new Map((done.edges ?? []).flatMap(routeOf)),
    }
  } finally {
    worker.terminate()
  }
}

function routeOf({ id, sections, labels }: ElkExtendedEdge): [string, Route][] {
  const [section] = sections ?? []
  if (!section) return []
  const [label] = labels ?? []
  return [
    [
      id,
      {
        points: [section.startPoint, ...(section.bendPoints ?? []), section.endPoint],
        label: label
          ? { x: (label.x ?? 0) + (label.width ?? 0) / 2, y: (label.y ?? 0) + (label.height ?? 0) / 2 }
          : null,
      },
    ],
  ]
}
