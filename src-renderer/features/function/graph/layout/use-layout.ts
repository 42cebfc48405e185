import { useEffect, useState } from 'react'
import type { Picture } from '../model/picture.ts'
import type { Scope } from '../model/scope.ts'
import { type Layout, layoutGraph } from './layout-graph.ts'
import { quickLayout } from './quick-layout.ts'

/** After this long, a way out is offered. */
const PATIENCE = 2_000

/** `slow`: it takes long enough that the person may want the plain layout instead. */
export type LayoutInWork = { layout: Layout | null; slow: boolean; stop: () => void }

/** Lays a picture out in the background. */
export function useLayout(picture: Picture | null, scope: Scope | undefined): LayoutInWork {
  const [done, setDone] = useState<{ picture: Picture; layout: Layout } | null>(null)
  const [slow, setSlow] = useState<(() => void) | null>(null)
  useEffect(() => {
    if (!picture || !scope) return
    const abort = new AbortController()
    const plain = () => {
      abort.abort()
      setSlow(null)
      setDone({ picture, layout: quickLayout(picture, scope) })
    }
    const timer = setTimeout(() => setSlow(() => plain), PATIENCE)
    layoutGraph(picture, scope, abort.signal)
      .then((layout) => setDone({ picture, layout }))
      .catch(() => {
        if (!abort.signal.aborted) plain()
      })
      .finally(() => {
        clearTimeout(timer)
        setSlow(null)
      })
    return () => {
      clearTimeout(timer)
      abort.abort()
      setSlow(null)
    }
  }, [picture, scope])
  return {
    layout: done?.picture === picture ? (done?.layout ?? null) : null,
    slow: slow !== null,
    stop: () => slow?.(),
  }
}
