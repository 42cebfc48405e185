import ELK, { type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk-api.js'
import type { Picture } from '../model/picture.ts'
import type { Scope } from '../model/scope.ts'
import { arrowLabels, labelWidth } from './arrow-labels.ts'
import { boxSize } from './box-size.ts'
import ElkWorker from './elk-worker.ts?worker'
import type { Layout, Route } from './layout-graph.ts'

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
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.nodePlacement.favorStraightEdges': 'true',
  'elk.layered.thoroughness': '12',
}
/**
 * Straight lines, few bends and room for labels, found by a general solver in a worker: for pictures that can be taken in. It takes seconds
 * for some thousand boxes and gives up on deep ones. Aborting ends the worker at once.
 */
export async function solveLayout(picture: Picture, scope: Scope, signal: AbortSignal): Promise<Layout> {
  signal.throwIfAborted()
  const worker = new ElkWorker()
  const elk = new ELK({ workerFactory: () => worker })
  const labels = arrowLabels(picture, scope)
  const graph: ElkNode = {
    id: 'root',
    layoutOptions: options,
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
              width: labelWidth(label),
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
