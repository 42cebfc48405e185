import type { Database } from 'better-sqlite3'
import { listBits } from '../search/bits.ts'
import type { SearchWord } from '../search/search-text.ts'
import { addTexts, findTexts, newTextIndex } from '../search/text-index.ts'

/** Finds catalogues by their names: a new name of one is no change of its functions. */
export type CatalogueNames = { find(word: SearchWord): string[] }

/** Makes the function that gives the names in a database as they are now; they are read again only where something was written. */
export function catalogueFollower(database: Database): () => CatalogueNames {
  const all = database.prepare<[], { uuid: string; name: string }>('SELECT uuid, name FROM catalogue ORDER BY id')
  let version: unknown
  let names = catalogueNames([])
  return () => {
    const present = database.pragma('data_version', { simple: true })
    if (present !== version) names = catalogueNames(all.all())
    version = present
    return names
  }
}

function catalogueNames(catalogues: readonly { uuid: string; name: string }[]): CatalogueNames {
  const texts = newTextIndex(catalogues.length)
  for (const [at, { name }] of catalogues.entries()) addTexts(texts, at, { titles: [name], labels: [], bodies: [] })
  return {
    find: (word) =>
      [...listBits(findTexts(texts, word, catalogues.length))].flatMap((at) => catalogues[at]?.uuid ?? []),
  }
}
