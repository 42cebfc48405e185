import type { PlainGraph } from './layered-graph.ts'
import { layeredLayout } from './layered-layout.ts'

// Lays out one graph beside the window's thread, and hands the figures over without copying them.
self.addEventListener('message', ({ data }: MessageEvent<PlainGraph>) => {
  const layout = layeredLayout(data)
  self.postMessage(layout, { transfer: Object.values(layout).map(({ buffer }) => buffer) })
})
