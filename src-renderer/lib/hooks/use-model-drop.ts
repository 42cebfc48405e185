import { type DragEvent, useState } from 'react'
import { z } from 'zod'
import { countOf, type Targets, targetWords } from '../state/targets.ts'

/** The type under which dragged rows carry their models. */
const MODEL_DRAG = 'application/x-model-cabinet-functions'

const Dragged = z.union([
  z.array(z.uuid()),
  z.object({
    query: z.record(z.string(), z.string()),
    except: z.array(z.uuid()),
    count: z.int(),
    capped: z.boolean(),
  }),
])

/** Lets a drag carry models to the catalogues of the side bar; under the pointer go how many they are. */
export function carryModels({ dataTransfer }: DragEvent, models: Targets): void {
  dataTransfer.setData(MODEL_DRAG, JSON.stringify(models))
  dataTransfer.effectAllowed = 'link'
  if (countOf(models) === 1) return
  const badge = document.createElement('div')
  badge.className = 'drag-badge'
  badge.textContent = targetWords(models)
  document.body.append(badge)
  dataTransfer.setDragImage(badge, -12, -8)
  // The browser takes its picture as the event ends.
  requestAnimationFrame(() => badge.remove())
}

/** What makes an element take models that are dragged from the list. */
export function useModelDrop(onDrop: (models: Targets) => void) {
  const [over, setOver] = useState(false)
  const carries = (event: DragEvent) => event.dataTransfer.types.includes(MODEL_DRAG)
  return {
    'data-over': over || undefined,
    onDragOver: (event: DragEvent) => {
      if (!carries(event)) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'link'
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      setOver(false)
      if (!carries(event)) return
      event.preventDefault()
      onDrop(Dragged.parse(JSON.parse(event.dataTransfer.getData(MODEL_DRAG))))
    },
  }
}
