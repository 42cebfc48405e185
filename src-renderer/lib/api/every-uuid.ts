import { listFunctions } from './functions.ts'

/** The most rows that the API gives at once. */
const THOUSAND = 1_000

/** The UUIDs of a whole list, without keeping its rows. */
export async function everyUuid(filters: Readonly<Record<string, string>>): Promise<string[]> {
  const uuids: string[] = []
  for (;;) {
    const { rows } = await listFunctions(filters, { offset: uuids.length, limit: THOUSAND })
    uuids.push(...rows.map(({ UUID }) => UUID))
    if (rows.length < THOUSAND) return uuids
  }
}
