import { useReactFlow, useStoreApi, type Viewport } from '@xyflow/react'
import { useCallback, useEffect, useRef } from 'react'

type Size = { width: number; height: number }
type ViewOf = (size: Size) => Viewport

const windowSize = () => `${window.innerWidth} ${window.innerHeight}`

/**
 * Gives what fits the view, and fits it again when the window changes its size, unless it was moved in between. Details that open beside
 * the graph move nothing: a double click would lose what it is on.
 */
export function useFittedView(): (viewOf: ViewOf) => void {
  const flow = useReactFlow()
  const store = useStoreApi()
  const fitted = useRef<{ viewOf: ViewOf; view: Viewport; window: string } | null>(null)
  const fitTo = useCallback(
    (viewOf: ViewOf) => {
      const view = viewOf(store.getState())
      fitted.current = { viewOf, view, window: windowSize() }
      void flow.setViewport(view)
    },
    [flow, store],
  )
  useEffect(
    () =>
      store.subscribe((state, before) => {
        const last = fitted.current
        if (!last || (state.width === before.width && state.height === before.height)) return
        if (last.window === windowSize()) return
        const [x, y, zoom] = state.transform
        const { view } = last
        const unmoved = Math.abs(x - view.x) < 1 && Math.abs(y - view.y) < 1 && Math.abs(zoom / view.zoom - 1) < 0.001
        if (unmoved) fitTo(last.viewOf)
        else fitted.current = null
      }),
    [store, fitTo],
  )
  return fitTo
}
