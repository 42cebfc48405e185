import type { ImportRequest } from '../../../src-contract/contract/admin/admin.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { nameFiles } from '../../../src-contract/words/name-files.ts'
import { pathSentence } from '../../files/find-candidates.ts'
import { contentOf } from '../../store/content-digest.ts'
import type { StoredFunction } from '../../store/repositories/function-repository.ts'
import type { FunctionChanges } from '../functions/function-changes.ts'
import type { PreparedFile } from '../functions/prepared-files.ts'
import type { SourceFinder } from '../sources/find-source.ts'
import type { SourceFacts } from '../sources/recognisers.ts'
import { type PreparedPath, type PrepareParts, preparePath } from './prepare-path.ts'

/** A file with the names that it may have, the shortest first. */
export type Named = { path: string; names: string[] }

type Refused = { outcome: 'refused'; path: string; message: string }
/** A model at its path, ready to be committed. */
export type FoundModel = Named & Exclude<PreparedPath, { outcome: 'refused' }> & { source?: SourceFacts }

/** Files that are committed together, and what was found in them. */
export type Batch = { files: readonly Named[]; found: readonly (FoundModel | Refused)[] }

/** What looks through the folders around models, for one import. */
export type Finders = Pick<PrepareParts, 'companions'> & { sources: SourceFinder }

type Parts = PrepareParts & Finders & { changes: Pick<FunctionChanges, 'find'> }

/**
 * Reads files side by side. What is wrong with one is its refusal and stops no other.
 * @throws Problem `storage-full`, `unavailable`; the signal's reason. Nothing is left behind then.
 */
export async function prepareBatch(
  files: readonly Named[],
  request: ImportRequest,
  parts: Parts,
  signal: AbortSignal,
): Promise<Batch> {
  const work = await Promise.allSettled(files.map((file) => prepare(file, request, parts, signal)))
  const found = work.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
  const failed = work.find((one) => one.status === 'rejected')
  if (!failed) return { files, found }
  await discardBatch({ files, found })
  throw failed.reason
}

/** Removes what was copied in vain. */
export async function discardBatch({ found }: Batch): Promise<void> {
  await Promise.all(found.flatMap(filesOf).map(({ staged }) => staged?.discard()))
}

/** The files that a commit may keep. */
export function filesOf(prepared: PreparedPath): readonly PreparedFile[] {
  if (prepared.outcome === 'read') return prepared.model.files
  return (prepared.outcome === 'present' && prepared.companions) || []
}

/** Whether what failed is no fault of the file, such as a full disk: it may well succeed later. */
export function passes(error: unknown): error is Problem {
  return error instanceof Problem && ['storage-full', 'unavailable'].includes(error.code)
}

async function prepare(
  file: Named,
  { Mode, Locate }: ImportRequest,
  parts: Parts,
  signal: AbortSignal,
): Promise<(FoundModel | Refused)[]> {
  try {
    const found = await preparePath(file.path, Mode, parts, signal)
    if (Locate !== undefined) for (const one of found) await refuseOthers(one, parts.changes.find(Locate))
    const names = nameFiles(found.flatMap(({ path }) => path ?? []))
    return await Promise.all(
      found.map(async (one) => {
        const { path = file.path } = one
        if (one.outcome === 'refused') return { ...one, path }
        const named = { path, names: names.get(path) ?? file.names }
        if (one.outcome !== 'read') return { ...one, ...named }
        return { ...one, ...named, source: await parts.sources.of(path, one.model.inspection) }
      }),
    )
  } catch (error) {
    signal.throwIfAborted()
    if (passes(error)) throw error
    const message = error instanceof Problem ? error.message : pathSentence(error)
    return [{ outcome: 'refused', path: file.path, message }]
  }
}

/** Where the files of one function are looked for, nothing else is taken for them. */
async function refuseOthers(prepared: PreparedPath, { fileSha256, item }: StoredFunction): Promise<void> {
  if (prepared.outcome === 'refused') return
  if (prepared.outcome !== 'read') {
    if (prepared.uuid === item.UUID) return
    throw new Problem('invalid', 'It belongs to another model of the cabinet.')
  }
  const { files, inspection } = prepared.model
  const { sha256 } = contentOf(
    files,
    inspection.External.map(({ Location }) => Location),
  )
  if (item.ContentSha256 === null ? inspection.FileSha256 === fileSha256 : sha256 === item.ContentSha256) return
  await Promise.all(files.map(({ staged }) => staged?.discard()))
  throw new Problem('invalid', 'It is not what was added: its digest, or that of its data files, is another.')
}
