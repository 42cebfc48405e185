import ELK, { type ElkNode } from 'elkjs/lib/elk-api.js'
import ElkWorker from 'elkjs/lib/elk-worker.min.js?worker'
import { boxSize } from './box-size.ts'
import type { Picture } from './build-graph.ts'
import type { Scope } from './scope.ts'

export type Place = { x: number; y: number; width: number; height: number }
export type Places = ReadonlyMap<string, Place>

const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.layered.spacing.nodeNodeBetweenLayers': '44',
  'elk.spacing.nodeNode': '28',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
}

/** Lays a picture out in a worker, inputs at the top. Aborting ends the worker at once. */
export async function layoutGraph(picture: Picture, scope: Scope, signal: AbortSignal): Promise<Places> {
  signal.throwIfAborted()
  const worker = new ElkWorker()
  const elk = new ELK({ workerFactory: () => worker })
  const graph: ElkNode = {
    id: 'root',
    layoutOptions: options,
    children: picture.boxes.map((box) => ({
      id: box.id,
      ...boxSize(box, scope),
      ...(box.kind === 'input' && { layoutOptions: { 'elk.layered.layering.layerConstraint': 'FIRST' } }),
      ...(box.kind === 'output' && { layoutOptions: { 'elk.layered.layering.layerConstraint': 'LAST' } }),
    })),
    edges: picture.arrows.map(({ id, from, to }) => ({ id, sources: [from], targets: [to] })),
  }
  try {
    const aborted = new Promise<never>((_resolve, reject) =>
      signal.addEventListener('abort', () => reject(new DOMException('The layout was stopped.', 'AbortError'))),
    )
    const done = await Promise.race([elk.layout(graph), aborted])
    return new Map(
      (done.children ?? []).map(({ id, x = 0, y = 0, width = 0, height = 0 }) => [id, { x, y, width, height }]),
    )
  } finally {
    worker.terminate()
  }
}
