import { type DragEvent, useState } from 'react'

/** The type under which dragged rows carry the UUIDs of their models. */
export const MODEL_DRAG = 'application/x-model-cabinet-functions'

/** What makes an element take models that are dragged from the list. */
export function useModelDrop(onDrop: (uuids: string[]) => void) {
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
      onDrop(event.dataTransfer.getData(MODEL_DRAG).split(' '))
    },
  }
}
