import { basename, dirname, relative, resolve, sep } from 'node:path'
import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import { isBelow } from '../../files/find-candidates.ts'
import type { CatalogueService } from '../catalogues/catalogue-service.ts'

/**
 * Finds the catalogue of a file that is imported from a folder: the one called after the folder below that one in which the file is, or after
 * the imported folder itself. It is made where there is none.
 */
export function createFolderCatalogues(
  paths: readonly string[],
  catalogues: Pick<CatalogueService, 'list' | 'create'>,
  caller: Caller,
): (path: string) => string[] {
  const roots = paths.map((path) => resolve(path))
  const known = new Map<string, string>()
  return (path) => {
    const root = roots.find((one) => one !== path && isBelow(path, one))
    const Name = root === undefined ? '' : nameOf(relative(root, dirname(path)).split(sep)[0] || basename(root))
    if (Name === '') return []
    const isCalledSo = (other: { Name: string }) => other.Name.toLowerCase() === Name.toLowerCase()
    const uuid = known.get(Name) ?? (catalogues.list().find(isCalledSo) ?? catalogues.create(caller, { Name })).UUID
    known.set(Name, uuid)
    return [uuid]
  }
}

/** A folder of Hugging Face's cache is called after its repository. */
function nameOf(folder: string): string {
  const repository = /^models--([\w.-]+)$/.exec(folder)?.[1]?.replace('--', '/')
  return (repository ?? folder)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .trim()
    .slice(0, 200)
}
