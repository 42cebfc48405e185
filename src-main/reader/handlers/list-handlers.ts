import { type Handler, implement } from '../../processes/pool/task.ts'
import { type ListReader, openListReader } from '../list/list-reader.ts'
import { listIdsTask, listItemsTask, listTask, listUuidsTask, packItems, packPage } from '../tasks/list-tasks.ts'

/** Milliseconds between two looks at what changed. */
const LOOK_EVERY = 250
/** Milliseconds without a request after which there is time for what no request waits for. */
const QUIET_AFTER = 1_500

/** Reads the whole list into memory, then answers from it, and keeps up with changes meanwhile. */
export function listHandlers(path: string): Handler[] {
  const reader = openListReader(path)
  let lastRequest = 0
  const requested = () => {
    lastRequest = performance.now()
  }
  tend(reader, () => performance.now() - lastRequest > QUIET_AFTER)
  return [
    implement(listTask, (query) => {
      requested()
      return packPage(reader.page(query))
    }),
    implement(listIdsTask, (query) => {
      requested()
      return reader.ids(query)
    }),
    implement(listUuidsTask, (query) => {
      requested()
      return reader.uuids(query)
    }),
    implement(listItemsTask, (ids) => {
      requested()
      const { rows, taken } = reader.items(ids)
      return { rows: packItems(rows), taken }
    }),
  ]
}

function tend(reader: ListReader, isQuiet: () => boolean): void {
  const again = () => {
    if (reader.keepUp() || (isQuiet() && reader.tidy())) setImmediate(again)
    else setTimeout(again, LOOK_EVERY).unref()
  }
  setImmediate(again)
}
