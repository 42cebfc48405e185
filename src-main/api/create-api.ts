import { OpenAPIHono } from '@hono/zod-openapi'
import type { Cabinet } from '../catalogue/cabinet.ts'
import { adminSection } from './admin.ts'
import { authSection } from './auth.ts'
import { catalogueSection } from './catalogues.ts'
import { downloadSection } from './downloads.ts'
import type { Environment } from './environment.ts'
import { answerErrors, type ErrorLog } from './errors.ts'
import { eventSection } from './events.ts'
import { exportSection } from './exports.ts'
import { functionSection } from './functions.ts'
import { globalSection } from './global.ts'
import { historySection } from './history.ts'
import { inspectionSection } from './inspections.ts'
import { jobSection } from './jobs.ts'
import { linkSection } from './links.ts'
import { listingSection } from './listing.ts'
import { listsSection } from './lists.ts'
import { locationSection } from './locations.ts'
import { modelSection } from './models.ts'
import { documentSection } from './openapi.ts'
import { describeApi } from './openapi-document.ts'
import { runSection } from './runs.ts'
import { settingsSection } from './settings.ts'
import { tokenSection } from './tokens.ts'
import { answerUnrouted } from './unrouted.ts'
import { watchSection } from './watches.ts'

export type ApiOptions = {
  /** The program's version, told in the document. */
  version: string
  /** Where unexpected errors are written down. */
  logError: ErrorLog
}

/** Every section, in the order of the document; its type is what the window's client (`hc`) is made from. */
const createSections = (cabinet: Cabinet) =>
  new OpenAPIHono<Environment>()
    .route('/', catalogueSection(cabinet))
    .route('/', globalSection(cabinet))
    .route('/', listingSection(cabinet))
    .route('/', listsSection(cabinet))
    .route('/', functionSection(cabinet))
    .route('/', downloadSection(cabinet))
    .route('/', inspectionSection(cabinet))
    .route('/', modelSection(cabinet))
    .route('/', runSection(cabinet))
    .route('/', historySection(cabinet))
    .route('/', jobSection(cabinet))
    .route('/', eventSection(cabinet))
    .route('/', linkSection(cabinet))
    .route('/', adminSection(cabinet))
    .route('/', settingsSection(cabinet))
    .route('/', locationSection(cabinet))
    .route('/', tokenSection(cabinet))
    .route('/', exportSection(cabinet))
    .route('/', watchSection(cabinet))
    .route('/', authSection(cabinet))

export type Api = ReturnType<typeof createSections>

/**
 * The Compute API over a cabinet, at `/` and the same at `/cpt` (contract.md 1). Nothing listens here: the window asks by
 * IPC and tests directly, both as `app.request(path, init, { caller })`, other programs over HTTP.
 */
export function createApi(cabinet: Cabinet, { version, logError }: ApiOptions) {
  const sections: Api = createSections(cabinet).route(
    '/',
    documentSection(() => describeApi(sections, version)),
  )
  const app = new OpenAPIHono<Environment>().route('/', sections).route('/cpt', sections)
  app.onError(answerErrors(logError, cabinet.dataDirectory))
  app.notFound(answerUnrouted(app.routes))
  return app
}
