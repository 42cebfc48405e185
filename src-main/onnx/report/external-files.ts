import type { ExternalFile } from '../../../src-contract/contract/models/inspection.ts'
import { type ExternalFiles, refused } from '../decode/external-data.ts'
import type { Scope } from '../decode/scopes.ts'
import type { StoredTensor } from '../decode/stored-tensors.ts'
import { integer, text } from './node-attributes.ts'

type Region = { start: number; end: number }

/**
 * One entry for each file that the model names, in the order in which it names them: of tensors, then what a provider compiled.
 * A region that several tensors share counts once.
 */
export function externalFiles(
  stored: readonly StoredTensor[],
  scopes: readonly Scope[],
  files: Pick<ExternalFiles, 'find'>,
): ExternalFile[] {
  const needs = new Map<string, { regions: Region[]; badRange: string | null }>()
  for (const { name, tensor, bytes } of stored) {
    if (tensor.external === null) continue
    const { location, offset, length } = tensor.external
    const need = needs.get(location) ?? { regions: [], badRange: null }
    const start = Number(offset ?? 0)
    const size = Number(length ?? bytes)
    if (size < 0 || start < 0 || !Number.isSafeInteger(start + size)) need.badRange ??= name
    else need.regions.push({ start, end: start + size })
    needs.set(location, need)
  }
  for (const location of compiledFiles(scopes)) {
    if (!needs.has(location)) needs.set(location, { regions: [], badRange: null })
  }
  return [...needs].map(([Location, { regions, badRange }]) => {
    const { bytes, end } = covered(regions)
    const range = badRange === null ? null : refused(`The tensor “${badRange}” lies at no valid place in ${Location}.`)
    return { Location, Bytes: bytes, ...(range ?? files.find(Location, end)) }
  })
}

/** Bytes that regions cover together, and where the last of them ends. */
function covered(regions: Region[]): { bytes: number; end: number } {
  let bytes = 0
  let end = 0
  for (const region of regions.sort((a, b) => a.start - b.start)) {
    bytes += Math.max(0, region.end - Math.max(region.start, end))
    end = Math.max(end, region.end)
  }
  return { bytes, end }
}

/** Files that hold what an execution provider compiled of the model, where it is not in the node itself. */
function compiledFiles(scopes: readonly Scope[]): string[] {
  return scopes.flatMap(({ nodes }) =>
    nodes
      .filter((node) => node.operator === 'EPContext' && integer(node, 'embed_mode') === 0)
      .map((node) => text(node, 'ep_cache_context'))
      .filter((location) => location !== ''),
  )
}
