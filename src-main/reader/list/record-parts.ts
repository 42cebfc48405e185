import { type FunctionPart, functionParts } from '../../../src-contract/contract/functions/listing.ts'
import type { ListRecord } from './list-record.ts'

/** Which of the parts that a function may lack it has. */
export function partsOf(record: ListRecord): FunctionPart[] {
  const has: Record<FunctionPart, boolean> = {
    Alias: record.alias !== '',
    Catalogue: record.catalogues.length > 0,
    Documentation: record.documentation !== '',
    Fields: Object.keys(record.fields).length > 0,
    File: record.fileSha256 !== null,
    Licence: record.licence !== null,
    Source: record.sourceName !== null || record.sourceUrl !== null,
    Tags: record.tags.length > 0,
  }
  return functionParts.filter((part) => has[part])
}
