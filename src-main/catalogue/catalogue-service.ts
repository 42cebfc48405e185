import type { Caller } from '../../src-contract/caller.ts'
import type { Catalogue, CatalogueEdit, CatalogueItem } from '../../src-contract/catalogue.ts'

export type CatalogueService = {
  /** By name. `organisation` is a UUID; an unknown one gives an empty list. */
  list(filter?: { organisation?: string }): CatalogueItem[]
  /** @throws Problem `not-found`. Its functions: `listing.list({ Catalogue: uuid, Limit: 1000 })`. */
  get(uuid: string): Catalogue
  /** Made in the cabinet's own organisation. @throws Problem `conflict` (field `Name`) where the name is taken in it. */
  create(caller: Caller, edit: CatalogueEdit): Catalogue
  /** @throws Problem `not-found`, `conflict` (field `Name`). */
  rename(caller: Caller, uuid: string, edit: CatalogueEdit): Catalogue
  /** @throws Problem `not-found`, `conflict` while functions are in it (those in the trash do not count). */
  remove(caller: Caller, uuid: string): void
}
