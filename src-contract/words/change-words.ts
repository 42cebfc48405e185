import type { BulkChange } from '../contract/admin/job.ts'

/** A change of models in words, without a full stop: while it goes on, and when it is done. `models` is *3 models*, or the name of one. */
export type ChangeWords = { doing: (models: string) => string; done: (models: string) => string }

const other: ChangeWords = {
  doing: (models) => `Changing ${models}`,
  done: (models) => `${models} changed`,
}

/**
 * What a change does to models, for people; one that does several things at once is only called a change.
 * @param catalogueName the name of a catalogue; undefined where there is none any more
 */
export function changeWords(change: BulkChange, catalogueName: (uuid: string) => string | undefined): ChangeWords {
  const { Set: patch, SetFields, AddCatalogues, RemoveCatalogues, Delete, Undelete, Purge } = change
  if (Object.keys(change).length !== 1) return other
  if (Delete)
    return {
      doing: (models) => `Moving ${models} to the trash`,
      done: (models) => `${models} moved to the trash`,
    }
  if (Undelete)
    return {
      doing: (models) => `Restoring ${models} from the trash`,
      done: (models) => `${models} restored from the trash`,
    }
  if (Purge)
    return {
      doing: (models) => `Deleting ${models} for good`,
      done: (models) => `${models} deleted for good`,
    }
  const catalogues = (uuids: readonly string[]) => {
    const [uuid, ...more] = uuids
    const name = uuid !== undefined && more.length === 0 ? catalogueName(uuid) : undefined
    return name ?? (uuids.length === 1 ? 'a catalogue' : `${uuids.length} catalogues`)
  }
  if (AddCatalogues) {
    const into = catalogues(AddCatalogues)
    return {
      doing: (models) => `Adding ${models} to ${into}`,
      done: (models) => `${models} added to ${into}`,
    }
  }
  if (RemoveCatalogues) {
    const from = catalogues(RemoveCatalogues)
    return {
      doing: (models) => `Removing ${models} from ${from}`,
      done: (models) => `${models} removed from ${from}`,
    }
  }
  if (SetFields) return fieldWords(SetFields)
  if (patch && Object.keys(patch).length === 1 && patch.Starred !== undefined) {
    const verb = patch.Starred ? 'Star' : 'Unstar'
    return {
      doing: (models) => `${verb}ring ${models}`,
      done: (models) => `${models} ${verb.toLowerCase()}red`,
    }
  }
  return other
}

function fieldWords(fields: NonNullable<BulkChange['SetFields']>): ChangeWords {
  const [field, ...more] = Object.entries(fields)
  if (!field || more.length > 0) return other
  const [name, value] = field
  return value === null
    ? {
        doing: (models) => `Removing ${name} from ${models}`,
        done: (models) => `${name} was removed from ${models}`,
      }
    : {
        doing: (models) => `Setting ${name} on ${models}`,
        done: (models) => `${name} was set on ${models}`,
      }
}
