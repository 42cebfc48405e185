import { z } from 'zod'
import { Uuid } from '../../util/identifiers.ts'
import { name } from '../../util/text.ts'
import { Organisation } from './organisation.ts'

export const Catalogue = z
  .strictObject({ UUID: Uuid, Name: z.string().meta({ examples: ['Vision'] }), Organisation })
  .meta({ id: 'Catalogue' })
export type Catalogue = z.infer<typeof Catalogue>

/** A row of `GET /catalogues`. */
export const CatalogueItem = Catalogue.extend({ FunctionCount: z.int().nonnegative() }).meta({ id: 'CatalogueItem' })
export type CatalogueItem = z.infer<typeof CatalogueItem>

/** The body that adds or renames a catalogue. The keys that only the server writes are accepted and ignored (contract.md 1). */
export const CatalogueEdit = z
  .strictObject({
    Name: name,
    UUID: z.unknown().optional(),
    Organisation: z.unknown().optional(),
    FunctionCount: z.unknown().optional(),
    Functions: z.unknown().optional(),
  })
  .transform(({ Name }) => ({ Name }))
  .meta({ id: 'CatalogueEdit' })
export type CatalogueEdit = z.infer<typeof CatalogueEdit>
