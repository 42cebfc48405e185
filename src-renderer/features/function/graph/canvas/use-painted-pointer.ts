import { useReactFlow } from '@xyflow/react'
import type { MouseEvent } from 'react'
import { arrowTitle } from '../layout/arrow-labels.ts'
import { boxTitle } from '../layout/box-size.ts'
import type { Arrow, Picture } from '../model/picture.ts'
import type { Scope } from '../model/scope.ts'
import type { Drawing } from './drawing.ts'
import { arrowAt, spotAt } from './find-at-point.ts'
import type { Spot } from './walk.ts'

/** Pixels around an arrow that still mean the arrow. */
const REACH = 6

type Painted = { drawing: Drawing; picture: Picture; scope: Scope; isPainted: boolean }

/** What the pointer means where boxes and arrows are painted: it is found by its place. */
export function usePaintedPointer({ drawing, picture, scope, isPainted }: Painted) {
  const flow = useReactFlow()
  const at = ({ clientX, clientY }: MouseEvent): { spot: Spot | null; arrow: Arrow | null } => {
    if (!isPainted) return { spot: null, arrow: null }
    const point = flow.screenToFlowPosition({ x: clientX, y: clientY })
    const spot = spotAt(drawing, picture, scope, point)
    return { spot, arrow: spot ? null : arrowAt(drawing, point, REACH / flow.getZoom()) }
  }
  /** Names what is pointed at, as an element would. */
  const name = (event: MouseEvent) => {
    const { spot, arrow } = at(event)
    const box = spot && picture.boxes.find(({ id }) => id === spot.box)
    const title = arrow ? arrowTitle(arrow, scope) : box ? boxTitle(box, spot.node) : ''
    if (!(event.currentTarget instanceof HTMLElement)) return
    if (event.currentTarget.title !== title) event.currentTarget.title = title
    event.currentTarget.style.cursor = title === '' ? '' : 'pointer'
  }
  return { at, name }
}
