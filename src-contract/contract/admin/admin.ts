import { z } from 'zod'
import { Uuid } from '../../util/identifiers.ts'
import { name } from '../../util/text.ts'
import { Exclude } from './exclude.ts'

const path = z.string().min(1).max(4_096)

/** The body of `POST /admin/import` (contract.md 6). */
export const ImportRequest = z
  .strictObject({
    Paths: z.array(path).min(1).max(10_000),
    Mode: z.enum(['copy', 'reference']).default('copy'),
    Catalogue: Uuid.optional(),
    CataloguePerFolder: z.boolean().optional().meta({
      description:
        'Also files each model in a catalogue that is named after the subfolder of the imported folder that it is in, or after that folder',
    }),
    Recursive: z.boolean().default(true),
    Exclude: Exclude.optional(),
    Watched: z.boolean().optional().meta({
      description:
        'As a watched folder imports: a copy follows the file that it was made of, and what is in the trash stays there',
    }),
    IfChanged: z
      .enum(['renew', 'keep'])
      .optional()
      .meta({
        description:
          'When the file of a function was changed on disk: `renew`, the default, reads the new file into the function; `keep` adds it as a ' +
          'new function',
      }),
    Locate: Uuid.optional().meta({
      description:
        'A function whose files were moved: these files are taken for it if their digests are the same; all others are refused',
    }),
  })
  .meta({ id: 'ImportRequest' })
export type ImportRequest = z.infer<typeof ImportRequest>

/** The body of `POST /admin/backup` and `/admin/restore`: a folder on this machine. */
export const PathRequest = z.strictObject({ Path: path }).meta({ id: 'PathRequest' })
export type PathRequest = z.infer<typeof PathRequest>

/** The body of `PATCH /admin/organisation`. */
export const OrganisationEdit = z
  .strictObject({ Name: name, UUID: z.unknown().optional() })
  .transform(({ Name }) => ({ Name }))
  .meta({ id: 'OrganisationEdit' })
export type OrganisationEdit = z.infer<typeof OrganisationEdit>

/** `GET /admin/health`. Sizes in bytes. */
export const Health = z
  .strictObject({
    Database: z.strictObject({
      State: z.enum(['ok', 'damaged']),
      Message: z.string(),
      Size: z.int(),
      Version: z.int(),
    }),
    Files: z.strictObject({ Count: z.int(), Size: z.int(), Referenced: z.int(), Trashed: z.int() }),
    Disk: z.strictObject({ Free: z.int(), Total: z.int() }),
    Processes: z.array(z.strictObject({ Name: z.string(), Pid: z.int().nullable(), State: z.string() })),
    Version: z.string(),
  })
  .meta({ id: 'Health' })
export type Health = z.infer<typeof Health>
