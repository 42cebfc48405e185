const SECOND = 1_000
const MINUTE = 60 * SECOND

/** The server's own limits in milliseconds, as the document states them (contract.md 1). */
export const timeLimits = {
  deleteCatalogue: 15 * SECOND,
  getCatalogue: 1 * SECOND,
  editCatalogue: 5 * SECOND,
  listCatalogues: 5 * SECOND,
  addCatalogue: 5 * SECOND,
  getConfiguration: 1 * SECOND,
  getStatistics: 5 * SECOND,
  deleteFunction: 15 * SECOND,
  getFunction: 1 * SECOND,
  updateFunction: 5 * MINUTE,
  updateFunctionLink: 5 * MINUTE,
  listFunctions: 5 * SECOND,
  addFunction: 5 * MINUTE,
  listFunctionsCompat: 5 * SECOND,
  addFunctionLink: 5 * SECOND,
  listOptions: 5 * SECOND,
  listSources: 5 * SECOND,
  getOpenApi: 5 * SECOND,
  getStatus: 5 * SECOND,
  getInspection: 1 * SECOND,
  downloadFile: 5 * MINUTE,
} as const

export type Operation = keyof typeof timeLimits
