import { useReactFlow, useStoreApi, type Viewport } from '@xyflow/react'
import { useCallback, useEffect, useRef } from 'react'

type Size = { width: number; height: number }
type ViewOf = (size: Size) => Viewport

/** Milliseconds that a flight may begin or end late. */
const SLACK = 100

const windowSize = () => `${window.innerWidth} ${window.innerHeight}`

/**
 * Gives a view that follows from the size of the room, and gives it again, for the new size, when the window changes its own. A view that
 * was moved in between keeps in the middle what is there. Details that open beside the graph move nothing: a double click would lose what
 * it is on. `duration` is in milliseconds.
 */
export function useFittedView(): (viewOf: ViewOf, duration?: number) => void {
  const flow = useReactFlow()
  const store = useStoreApi()
  const fitted = useRef<{ viewOf: ViewOf; view: Viewport; arrival: number } | null>(null)
  const seen = useRef(windowSize())
  const fitTo = useCallback(
    (viewOf: ViewOf, duration = 0) => {
      const view = viewOf(store.getState())
      fitted.current = { viewOf, view, arrival: performance.now() + duration + SLACK }
      void flow.setViewport(view, { duration })
    },
    [flow, store],
  )
  useEffect(
    () =>
      store.subscribe((state, before) => {
        if (state.width === before.width && state.height === before.height) return
        if (seen.current === windowSize()) return
        seen.current = windowSize()
        const [x, y, zoom] = state.transform
        const last = fitted.current
        const isThere =
          last !== null &&
          Math.abs(x - last.view.x) < 1 &&
          Math.abs(y - last.view.y) < 1 &&
          Math.abs(zoom / last.view.zoom - 1) < 0.001
        const isOnTheWay = last !== null && performance.now() < last.arrival
        if (last !== null && (isThere || isOnTheWay)) return fitTo(last.viewOf)
        fitted.current = null
        const right = (state.width - before.width) / 2
        const down = (state.height - before.height) / 2
        void flow.setViewport({ x: x + right, y: y + down, zoom })
      }),
    [flow, store, fitTo],
  )
  return fitTo
}
