import type { PlainGraph } from './layered-graph.ts'
import { layeredLayout } from './layered-layout.ts'

// Lays out one graph beside the window's thread, and hands the figures over without copying them.
self.addEventListener('message', ({ data }: MessageEvent<PlainGraph>) => {
  const layout = layeredLayout(data)
  const { x, y, starts, cornerX, cornerY } = layout
  self.postMessage(layout, { transfer: [x.buffer, y.buffer, starts.buffer, cornerX.buffer, cornerY.buffer] })
})
