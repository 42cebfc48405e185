import { OpenAPIHono } from '@hono/zod-openapi'
import type { Cabinet } from '../cabinet/cabinet.ts'
import { documentSection } from './document/openapi.ts'
import { describeApi } from './document/openapi-document.ts'
import type { Environment } from './middleware/environment.ts'
import { answerErrors, type ErrorLog } from './middleware/errors.ts'
import { answerUnrouted } from './middleware/unrouted.ts'
import { adminSection } from './sections/admin.ts'
import { authSection } from './sections/auth.ts'
import { catalogueSection } from './sections/catalogues.ts'
import { downloadSection } from './sections/downloads.ts'
import { eventSection } from './sections/events.ts'
import { exportSection } from './sections/exports.ts'
import { functionSection } from './sections/functions.ts'
import { globalSection } from './sections/global.ts'
import { historySection } from './sections/history.ts'
import { inspectionSection } from './sections/inspections.ts'
import { jobSection } from './sections/jobs.ts'
import { linkSection } from './sections/links.ts'
import { listingSection } from './sections/listing.ts'
import { listsSection } from './sections/lists.ts'
import { locationSection } from './sections/locations.ts'
import { modelSection } from './sections/models.ts'
import { runSection } from './sections/runs.ts'
import { settingsSection } from './sections/settings.ts'
import { tokenSection } from './sections/tokens.ts'
import { watchSection } from './sections/watches.ts'

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
  const app = new OpenAPIHono<Environment>()
  app.use((context, next) => {
    context.set('timeLimits', cabinet.timeLimits)
    return next()
  })
  app.route('/', sections).route('/cpt', sections)
  app.onError(answerErrors(logError, cabinet.dataDirectory))
  app.notFound(answerUnrouted(app.routes))
  return app
}
