import { useNavigate } from '@tanstack/react-router'
import type { DragEvent, MouseEvent } from 'react'
import type { ShownList } from '../../../actions/action.ts'
import { carryModels } from '../../../lib/hooks/use-model-drop.ts'
import {
  clearSelection,
  isPicked,
  moveCursor,
  pickAlso,
  pickOnly,
  selection,
  togglePicked,
} from '../../../lib/state/selection.ts'
import { type Targets, uuidsOf } from '../../../lib/state/targets.ts'
import { pickedTargets } from '../list-subject.ts'
import { uuidsBetween } from './use-listing.ts'

type Row = { index: number; uuid: string }

function rowOf(target: EventTarget): Row | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-uuid]') : null
  const { index, uuid } = row?.dataset ?? {}
  return index === undefined || uuid === undefined ? null : { index: Number(index), uuid }
}

/** So many files can be dragged out at once. */
const DRAGGED_OUT = 100

async function dragOut(bridge: NonNullable<Window['cabinet']>, models: Targets): Promise<void> {
  bridge.dragOut((await uuidsOf(models)).slice(0, DRAGGED_OUT))
}

/** What the pointer does in the list: a click moves to a row, Ctrl picks, Shift picks a range (with Ctrl beside what is picked already), a double click opens, rows can be dragged. */
export function useListPointer(list: ShownList) {
  const navigate = useNavigate()
  const open = (uuid: string) => void navigate({ to: '/function/$uuid', params: { uuid } })

  const onClick = async (event: MouseEvent) => {
    const row = rowOf(event.target)
    if (!row || !(event.target instanceof Element)) return
    const { anchor } = selection.getState()
    if (event.target.closest('a') && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault()
      moveCursor(row.index)
      open(row.uuid)
    } else if (event.shiftKey && anchor >= 0) {
      event.preventDefault()
      selection.setState({ cursor: row.index })
      const pick = event.ctrlKey || event.metaKey ? pickAlso : pickOnly
      pick(await uuidsBetween(list.filters, Math.min(anchor, row.index), Math.max(anchor, row.index)))
    } else if (event.ctrlKey || event.metaKey || event.target.closest('[data-check], label')) {
      event.preventDefault()
      moveCursor(row.index)
      togglePicked(row.uuid)
    } else {
      moveCursor(row.index)
      clearSelection()
    }
  }

  const onDoubleClick = (event: MouseEvent) => {
    const row = rowOf(event.target)
    if (row && !(event.target instanceof Element && event.target.closest('[data-check]'))) open(row.uuid)
  }

  const onDragStart = (event: DragEvent) => {
    const row = rowOf(event.target)
    if (!row) return
    const models = isPicked(selection.getState(), row.uuid) ? pickedTargets(list) : [row.uuid]
    // Within the window a drag files models into catalogues; with Alt the files themselves are dragged out of it.
    if (event.altKey && window.cabinet) {
      event.preventDefault()
      void dragOut(window.cabinet, models)
    } else carryModels(event, models)
  }

  return { onClick: (event: MouseEvent) => void onClick(event), onDoubleClick, onDragStart, rowOf }
}
