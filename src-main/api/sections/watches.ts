import { operations } from '../../../src-contract/operations/operations.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import { createSection, doneBody } from '../middleware/operation.ts'

/** Folders whose models are imported as they appear (contract.md 6). */
export function watchSection(cabinet: Cabinet) {
  const { watches } = cabinet
  const { app, serve } = createSection(cabinet)
  serve(operations.listWatches, () => watches.list())
  serve(operations.addWatch, ({ caller, body }) => watches.add(caller, body))
  serve(operations.removeWatch, async ({ caller, params }) => {
    await watches.remove(caller, params.uuid)
    return doneBody
  })
  return app
}
