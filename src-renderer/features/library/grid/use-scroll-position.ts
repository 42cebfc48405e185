import { type RefObject, useEffect } from 'react'
import { scrollPositions } from '../../../lib/state/layout.ts'

/** Remembers where a list was scrolled to, and goes there again when it is shown again. */
export function useScrollPosition(scroller: RefObject<HTMLElement | null>, place: string): void {
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    element.scrollTop = scrollPositions.get(place) ?? 0
    const remember = () => scrollPositions.set(place, element.scrollTop)
    element.addEventListener('scroll', remember, { passive: true })
    return () => element.removeEventListener('scroll', remember)
  }, [scroller, place])
}
