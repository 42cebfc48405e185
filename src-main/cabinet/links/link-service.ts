import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import type { LinkRequest, LinkUpdate } from '../../../src-contract/contract/functions/link.ts'
import type { FunctionRecord } from '../functions/function-service.ts'

/** Functions whose file comes from somewhere else (contract.md 5, operations 11 and 15). */
export type LinkService = {
  /**
   * Adds a function with Status `downloading` and starts fetching its file in the background, as a job of kind `fetch`.
   * @throws Problem `forbidden` where a caller without scope `admin` gives a path; `invalid` (field `Path`, `Catalogues`).
   */
  add(caller: Caller, request: LinkRequest): FunctionRecord
  /**
   * `EdgeImpulse: true` fetches again from the link, whatever its kind, and wakes a fetch that waits; the answer has Status
   * `downloading`. `false` unlinks, ends a fetch under way and keeps the file.
   * @throws Problem `not-found`; `conflict` where the function has no link; `forbidden` as in `add`; `precondition-failed`.
   */
  update(caller: Caller, uuid: string, request: LinkUpdate, change?: { expectedRevision?: number }): FunctionRecord
}
