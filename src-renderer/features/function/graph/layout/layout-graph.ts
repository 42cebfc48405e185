import type { Picture } from '../model/picture.ts'
import type { Scope } from '../model/scope.ts'
import type { PlainLayout } from './layered/layered-graph.ts'
import LayeredWorker from './layered/layered-worker.ts?worker'
import { namedLayout, plainGraph } from './layered/plain-graph.ts'
import { solveLayout } from './solve-layout.ts'

export type Point = { x: number; y: number }
export type Place = Point & { width: number; height: number }
export type Places = ReadonlyMap<string, Place>

/** Where an arrow runs, and the middle of its label if it has one. */
export type Route = { points: readonly Point[]; label: Point | null }

/** Where everything of a picture lies. A plain layout has no routes. */
export type Layout = { places: Places; routes: ReadonlyMap<string, Route> }

/** Up to so many boxes a layout may take its time; labels on arrows are read up to there too. */
export const CAREFUL = 400

/** Lays a picture out in a worker, inputs at the top. Aborting ends the worker at once. */
export async function layoutGraph(picture: Picture, scope: Scope, signal: AbortSignal): Promise<Layout> {
  signal.throwIfAborted()
  if (picture.boxes.length > CAREFUL) return layerGraph(picture, scope, signal)
  try {
    return await solveLayout(picture, scope, signal)
  } catch (error) {
    if (signal.aborted) throw error
    return layerGraph(picture, scope, signal)
  }
}

async function layerGraph(picture: Picture, scope: Scope, signal: AbortSignal): Promise<Layout> {
  const graph = plainGraph(picture, scope)
  const worker = new LayeredWorker()
  try {
    const done = await new Promise<PlainLayout>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new DOMException('The layout was stopped.', 'AbortError')))
      worker.addEventListener('message', ({ data }: MessageEvent<PlainLayout>) => resolve(data))
      worker.addEventListener('error', () => reject(new Error('The graph could not be laid out.')))
      worker.postMessage(graph)
    })
    return namedLayout(picture, graph, done)
  } finally {
    worker.terminate()
  }
}
