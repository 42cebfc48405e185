import { z } from 'zod'
import { Health, ImportRequest, OrganisationEdit, PathRequest } from '../contract/admin/admin.ts'
import { AuditEntry } from '../contract/admin/event.ts'
import { HostToken, HostTokenRequest } from '../contract/admin/host-token.ts'
import { Job } from '../contract/admin/job.ts'
import { BrowserSession } from '../contract/admin/session.ts'
import { Settings, SettingsEdit } from '../contract/admin/settings.ts'
import { NewToken, Token, TokenRequest } from '../contract/admin/token.ts'
import { Watch, WatchRequest } from '../contract/admin/watch.ts'
import { FunctionListing } from '../contract/functions/function-listing.ts'
import { ModelLocation } from '../contract/functions/location.ts'
import { Organisation } from '../contract/functions/organisation.ts'
import { wholeNumber } from '../contract/functions/page.ts'
import { ChosenFunctions, ExportRequest, PreparedExport } from '../contract/functions/selection.ts'
import { Inspection } from '../contract/models/inspection.ts'
import { Uuid } from '../util/identifiers.ts'
import * as base from './operation.ts'
import {
  binary,
  byUuid,
  done,
  LARGE_BODY,
  MINUTE,
  missing,
  none,
  type Operation,
  SECOND,
  storageFull,
} from './operation.ts'

const tag = 'Admin'
const get = { ...base.get, tag, scope: 'admin' } as const
const post = { ...base.post, tag, scope: 'admin' } as const
const patch = { ...base.patch, tag, scope: 'admin' } as const
const del = { ...base.del, tag, scope: 'admin' } as const

const aJob = { answer: Job, returns: 'The job that does it' } as const

const auditQuery = z.strictObject({
  Before: wholeNumber(1, Number.MAX_SAFE_INTEGER)
    .optional()
    .meta({ description: 'Entries before the one with this Id' }),
  Limit: wholeNumber(1, 1_000).default(100).meta({ description: 'Number of entries to return' }),
  UUID: Uuid.optional().meta({ description: 'Only what is about this object' }),
})

const archive = {
  answer: none,
  answerHeaders: z.object({ 'Content-Disposition': z.string() }),
  answerTypes: { 'application/zip': { schema: binary } },
  returns: 'The archive: the cabinet at this moment',
} as const

/** What keeps a cabinet healthy (contract.md 6). */
export const adminOperations = {
  importFiles: {
    ...post,
    path: '/admin/import',
    summary: 'Import files, folders, zips and exports of this machine',
    description: 'Copied, or left where they are (`reference`). Bytes that are there already are skipped and linked.',
    body: ImportRequest,
    bodyLimit: LARGE_BODY,
    ...aJob,
  },
  importExamples: {
    ...post,
    path: '/admin/examples',
    summary: 'Import the example models that ship with the program',
    ...aJob,
  },
  inspectFile: {
    ...post,
    path: '/admin/inspect',
    limit: 15 * SECOND,
    summary: 'Return the inspection report of a model file of this machine, without importing it',
    body: PathRequest,
    answer: Inspection,
    returns: 'The report',
  },
  backUp: {
    ...post,
    path: '/admin/backup',
    summary: 'Write a complete copy of the cabinet into an empty folder of this machine',
    body: PathRequest,
    ...aJob,
  },
  restoreBackup: {
    ...post,
    path: '/admin/restore',
    summary: 'Make the cabinet what it was when a backup was made',
    body: PathRequest,
    ...aJob,
  },
  verifyCabinet: {
    ...post,
    path: '/admin/verify',
    summary: 'Read every file and row, and name what is lost, damaged or changed by hand',
    ...aJob,
  },
  listAudit: {
    ...get,
    path: '/admin/audit',
    summary: 'Return who changed what, newest first',
    query: auditQuery,
    answer: z.array(AuditEntry),
    returns: 'The entries',
  },
  getOrganisation: {
    ...get,
    path: '/admin/organisation',
    limit: 1 * SECOND,
    summary: "Return the cabinet's own organisation",
    answer: Organisation,
    returns: 'The organisation',
  },
  editOrganisation: {
    ...patch,
    path: '/admin/organisation',
    summary: "Rename the cabinet's own organisation",
    body: OrganisationEdit,
    answer: Organisation,
    returns: 'The organisation as it is now',
  },
  getHealth: {
    ...get,
    path: '/admin/health',
    limit: 15 * SECOND,
    summary: 'Return how the cabinet is',
    answer: Health,
    returns: 'Database, files, disk and processes',
  },
  getSettings: {
    ...get,
    path: '/admin/settings',
    limit: 1 * SECOND,
    summary: 'Return the settings that are in effect',
    answer: Settings,
    returns: 'The settings',
  },
  editSettings: {
    ...patch,
    path: '/admin/settings',
    summary: 'Change settings',
    description:
      'In effect at once. A new port is opened before the old one is closed, which still answers what it was asked; `Url` and ' +
      '`endpoint.json` in the data folder say where the cabinet is then.',
    body: SettingsEdit,
    answer: Settings,
    returns: 'The settings that are in effect now',
    errors: { ...storageFull, 409: 'The port is taken, or a switch of this start has fixed the setting' },
  },
  locateFunction: {
    ...get,
    path: '/admin/function/{uuid}/location',
    summary: "Return the path of the function's model on this machine",
    params: byUuid,
    answer: ModelLocation,
    returns: 'The paths',
    errors: missing,
  },
  listTokens: {
    ...get,
    path: '/admin/tokens',
    summary: 'Return the tokens, without their secrets',
    answer: z.array(Token),
    returns: 'The tokens',
  },
  addToken: {
    ...post,
    path: '/admin/tokens',
    summary: 'Make a token',
    description: 'Its secret is in this answer and nowhere else.',
    body: TokenRequest,
    answer: NewToken,
    returns: 'The new token',
  },
  revokeToken: {
    ...del,
    path: '/admin/tokens/{uuid}',
    summary: 'Revoke a token',
    params: byUuid,
    ...done,
    errors: { ...missing, 409: 'The first token is replaced by removing its file' },
  },
  listSessions: {
    ...get,
    path: '/admin/sessions',
    summary: 'Return the browsers that are signed in',
    description: 'Each until it is signed out, has asked nothing for 12 hours, or the cabinet ends.',
    answer: z.array(BrowserSession),
    returns: 'The sessions, the one that was used last first',
  },
  endSession: {
    ...del,
    path: '/admin/sessions/{uuid}',
    summary: 'Sign a browser out',
    params: byUuid,
    ...done,
    errors: missing,
  },
  listHostTokens: {
    ...get,
    path: '/admin/host-tokens',
    summary: 'Return the servers that links are fetched from with a token, without the tokens',
    answer: z.array(HostToken),
    returns: 'The servers',
  },
  setHostToken: {
    ...post,
    path: '/admin/host-tokens',
    summary: 'Set the token for links to a server, such as one for gated models',
    description: 'It is sent as `Authorization: Bearer` to this origin only, and never on to where that redirects.',
    body: HostTokenRequest,
    ...done,
  },
  removeHostToken: {
    ...del,
    path: '/admin/host-tokens',
    summary: 'Forget the token for links to a server',
    query: HostToken,
    ...done,
    errors: missing,
  },
  exportCabinet: {
    ...get,
    path: '/admin/export',
    limit: 5 * MINUTE,
    summary: 'Return the whole cabinet, or some of its functions, as one zip',
    description:
      'Rows as JSON, files by SHA-256, history included, secrets not. Another cabinet imports it. With parameters of `GET /functions` only ' +
      'the functions that pass them, with their catalogues.',
    query: FunctionListing,
    ...archive,
  },
  prepareExport: {
    ...post,
    path: '/admin/export',
    limit: 15 * SECOND,
    summary: 'Choose the functions of an export that are too many for an address',
    description:
      'By their UUIDs, or by the query of the list. `GET /admin/export/{uuid}` then returns them as one zip.',
    body: ExportRequest,
    bodyLimit: LARGE_BODY,
    answer: z.union([PreparedExport, ChosenFunctions]),
    returns: 'What to fetch',
  },
  exportPrepared: {
    ...get,
    path: '/admin/export/{uuid}',
    limit: 5 * MINUTE,
    summary: 'Return the functions that were chosen as one zip',
    params: byUuid,
    ...archive,
    errors: missing,
  },
  listWatches: {
    ...get,
    path: '/admin/watches',
    summary: 'Return the watched folders, by path',
    answer: z.array(Watch),
    returns: 'The watched folders',
  },
  addWatch: {
    ...post,
    path: '/admin/watches',
    limit: 15 * SECOND,
    summary: 'Watch a folder, and import what is in it',
    body: WatchRequest,
    answer: Watch,
    returns: 'The watched folder',
    errors: { 409: 'The folder is watched already' },
  },
  removeWatch: {
    ...del,
    path: '/admin/watches/{uuid}',
    summary: 'Watch a folder no longer; what was imported stays',
    params: byUuid,
    ...done,
    errors: missing,
  },
} satisfies Record<string, Operation>
