import { Hono } from 'hono'
import type { Cabinet } from '../cabinet/cabinet.ts'
import { documentSection } from './document/openapi.ts'
import type { Environment } from './middleware/environment.ts'
import { answerErrors, type ErrorLog } from './middleware/errors.ts'
import { answerUnrouted } from './middleware/unrouted.ts'
import { adminSection } from './sections/admin.ts'
import { authSection } from './sections/auth.ts'
import { catalogueSection } from './sections/catalogues.ts'
import { eventSection } from './sections/events.ts'
import { exportSection } from './sections/exports.ts'
import { functionSection } from './sections/functions.ts'
import { globalSection } from './sections/global.ts'
import { historySection } from './sections/history.ts'
import { jobSection } from './sections/jobs.ts'
import { linkSection } from './sections/links.ts'
import { listSection } from './sections/lists.ts'
import { modelSection } from './sections/models.ts'
import { tokenSection } from './sections/tokens.ts'
import { watchSection } from './sections/watches.ts'

const sections = [
  catalogueSection,
  globalSection,
  listSection,
  functionSection,
  modelSection,
  historySection,
  jobSection,
  eventSection,
  linkSection,
  adminSection,
  tokenSection,
  exportSection,
  watchSection,
  authSection,
]

export type ApiOptions = {
  /** The program's version, told in the document. */
  version: string
  /** Where unexpected errors are written down. */
  logError: ErrorLog
}

/**
 * The Compute API over a cabinet, at `/` and the same at `/cpt` (contract.md 1). Nothing listens here: the window asks by
 * IPC and tests directly, both as `app.request(path, init, { caller })`, other programs over HTTP.
 */
export function createApi(cabinet: Cabinet, { version, logError }: ApiOptions) {
  const routes = new Hono<Environment>().route('/', documentSection(cabinet, version))
  for (const section of sections) routes.route('/', section(cabinet))
  const app = new Hono<Environment>().route('/', routes).route('/cpt', routes)
  app.onError(answerErrors(logError, cabinet.dataDirectory))
  app.notFound(answerUnrouted(app.routes))
  return app
}
