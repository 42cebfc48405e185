import type { Picture } from '../model/picture.ts'
import type { Scope } from '../model/scope.ts'
import type { PlainLayout } from './layered/layered-graph.ts'
import LayeredWorker from './layered/layered-worker.ts?worker'
import { namedLayout, plainGraph } from './layered/plain-graph.ts'
import type { Layout } from './layout.ts'

/** Lays a picture out in a worker, inputs at the top. Aborting ends the worker at once. */
export async function layoutGraph(picture: Picture, scope: Scope, signal: AbortSignal): Promise<Layout> {
  signal.throwIfAborted()
  const graph = plainGraph(picture, scope)
  const worker = new LayeredWorker()
  try {
    const done = await new Promise<PlainLayout>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new DOMException('The layout was stopped.', 'AbortError')))
      worker.addEventListener('message', ({ data }: MessageEvent<PlainLayout>) => resolve(data))
      worker.addEventListener('error', ({ message }) => reject(new Error(message || 'The layout worker failed.')))
      worker.postMessage(graph)
    })
    return namedLayout(picture, graph, done)
  } finally {
    worker.terminate()
  }
}
