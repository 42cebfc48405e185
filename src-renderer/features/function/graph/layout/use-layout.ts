import { useEffect, useState } from 'react'
import type { Picture } from '../model/picture.ts'
import type { Scope } from '../model/scope.ts'
import type { Layout } from './layout.ts'
import { layoutGraph } from './layout-graph.ts'

type Done = { picture: Picture; layout: Layout | null; error: Error | null }

/** Lays a picture out in the background; both are null until that is done. */
export function useLayout(picture: Picture | null, scope: Scope | undefined): Pick<Done, 'layout' | 'error'> {
  const [done, setDone] = useState<Done | null>(null)
  useEffect(() => {
    if (!picture || !scope) return
    const abort = new AbortController()
    layoutGraph(picture, scope, abort.signal)
      .then((layout) => setDone({ picture, layout, error: null }))
      .catch((error: unknown) => {
        if (!abort.signal.aborted)
          setDone({ picture, layout: null, error: error instanceof Error ? error : new Error(String(error)) })
      })
    return () => abort.abort()
  }, [picture, scope])
  return done?.picture === picture && done !== null ? done : { layout: null, error: null }
}
