import type { Cabinet } from '../cabinet.ts'

/** All that a cabinet tells of its content, less what is found out again on each machine. */
export async function contentOf(cabinet: Cabinet) {
  const { rows } = await cabinet.listing.list({ Limit: 1000, OrderBy: [{ column: 'Name', descending: false }] }, {})
  const functions = rows.map(({ UUID }) => {
    const { body, revision } = cabinet.functions.get(UUID)
    return { ...body, Runs: null, RunsFailure: null, revision, history: cabinet.functions.history(UUID).rows }
  })
  const trash = cabinet.functions.trash().rows.map((item) => ({ ...item, Runs: null, RunsFailure: null }))
  return { functions, trash, catalogues: cabinet.catalogues.list() }
}
