import type { FunctionItem } from '../../../src-contract/contract/functions/function.ts'
import { operations } from '../../../src-contract/operations/operations.ts'
import { call } from '../../lib/api/client.ts'
import { listFunctions, updateFunction } from '../../lib/api/functions.ts'

/** Above this a browser would have to hold the whole file in memory to hash it; such a file is imported without asking. */
const HASHABLE = 512 * 1024 * 1024

async function sha256Of(file: File): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The function that holds these bytes already. Only a file of whose size there is another is hashed. */
export async function findDuplicate(file: File, signal: AbortSignal): Promise<FunctionItem | undefined> {
  if (file.size === 0 || file.size > HASHABLE) return undefined
  const first = async (filter: Record<string, string>) =>
    (await listFunctions({ ...filter, OrderBy: 'InsertedAt' }, { offset: 0, limit: 1 }, { signal })).rows[0]
  if (!(await first({ Size: String(file.size) }))) return undefined
  const found = await first({ Sha256: await sha256Of(file) })
  // Of a model with external data its own file alone says nothing.
  return found && found.ContentSha256 === found.FileSha256 ? found : undefined
}

/** The older function that has the same bytes in all files, which is known once those of a new one have arrived. */
export async function sameModel(uuid: string, signal: AbortSignal): Promise<FunctionItem | undefined> {
  const query = { SameBytesAs: uuid, OrderBy: 'InsertedAt' }
  return (await listFunctions(query, { offset: 0, limit: 1 }, { signal })).rows[0]
}

/** Removes a function that turned out to be here already, and leaves nothing of it in the trash. */
export async function discardFunction(uuid: string): Promise<void> {
  await call(operations.deleteFunction, { uuid })
  await startBulk({ Functions: [uuid], Change: { Purge: true } })
}

/** Files a duplicate where the import was to go, so that it is found there. @returns what happened, in a sentence */
import { startBulk } from '../change-many.ts'
export async function keepDuplicate(duplicate: FunctionItem, catalogue: string | undefined): Promise<string> {
  const catalogues = duplicate.Catalogues.map(({ UUID }) => UUID)
  if (catalogue === undefined || catalogues.includes(catalogue)) return `Already here as ${duplicate.Name}.`
  await updateFunction(duplicate.UUID, { Catalogues: [...catalogues, catalogue] })
  return `Already here as ${duplicate.Name}; it was added to the catalogue.`
}
