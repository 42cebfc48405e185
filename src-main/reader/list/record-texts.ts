import type { Texts } from '../search/text-index.ts'
import type { ListRecord } from './list-record.ts'

/** What a search looks through, besides paths. The names of catalogues change without their functions and are looked up by the search itself. */
export function textsOf(record: ListRecord): Texts {
  return {
    titles: [record.name, record.alias],
    labels: [
      ...record.fileNames,
      record.sourceName ?? '',
      withoutScheme(record.sourceUrl ?? ''),
      record.task ?? '',
      record.baseModel ?? '',
      record.licence ?? '',
      ...record.tags,
      ...fieldTexts(record),
    ],
    bodies: [
      record.documentation,
      record.modelText,
      ...record.inputNames,
      ...record.outputNames,
      ...record.operatorTypes,
    ],
  }
}

const withoutScheme = (url: string) => url.replace(/^\w+:\/\//, '')

/** Longer decimals are figures, each different, which are found by ranges. */
const LONGEST_DECIMAL = 6

function fieldTexts({ fields }: ListRecord): string[] {
  const values = Object.values(fields).filter((value) => typeof value !== 'boolean')
  return values.map(String).filter((text, at) => {
    const value = values[at]
    return typeof value === 'string' || Number.isInteger(value) || text.length <= LONGEST_DECIMAL
  })
}
