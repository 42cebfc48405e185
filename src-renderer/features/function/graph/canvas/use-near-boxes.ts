import { type ReactFlowState, useStore } from '@xyflow/react'
import { useMemo } from 'react'
import type { Area, Drawing, DrawnBox } from './drawing.ts'
import { shownArea } from './paint.ts'

/** Below this zoom no word on a box can be read. */
export const READABLE = 0.32
/** What is near changes in steps of so much, so that a small move changes nothing. */
const STEP = 1_000

const EVERYTHING = 'everything'

/** The area around the visible part in whole steps, or nothing where it is seen from too far away. */
function nearArea({ transform: [x, y, zoom], width, height }: ReactFlowState, isLarge: boolean): string {
  if (zoom < READABLE) return ''
  if (!isLarge) return EVERYTHING
  const { left, top, right, bottom } = shownArea({ x, y, zoom, width, height })
  const out = [Math.floor(left / STEP), Math.floor(top / STEP), Math.ceil(right / STEP), Math.ceil(bottom / STEP)]
  return out.join(' ')
}

function areaFrom(text: string): Area {
  const [left = 0, top = 0, right = 0, bottom = 0] = text.split(' ').map((step) => Number(step) * STEP)
  return { left, top, right, bottom }
}

/** The boxes to be made of elements: of a large picture those around the visible part, and none while no word could be read. */
export function useNearBoxes(drawing: Drawing, isLarge: boolean): readonly DrawnBox[] {
  const area = useStore((state) => nearArea(state, isLarge))
  return useMemo(() => {
    if (area === EVERYTHING) return drawing.boxes
    return area === '' ? [] : drawing.boxesIn(areaFrom(area))
  }, [drawing, area])
}
