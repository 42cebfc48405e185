import { z } from 'zod'
import { CabinetEvent } from '../contract/admin/event.ts'
import { BulkRequest, Job } from '../contract/admin/job.ts'
import { HistoryEntry, RestoreRequest } from '../contract/functions/history.ts'
import { Page } from '../contract/functions/page.ts'
import { ChosenFunctions } from '../contract/functions/selection.ts'
import { TrashItem } from '../contract/functions/trash.ts'
import {
  aFunction,
  byUuid,
  changedFunction,
  del,
  get,
  ifMatch,
  LARGE_BODY,
  missing,
  none,
  type Operation,
  outdated,
  pageHeaders,
  post,
  SECOND,
} from './operation.ts'

/** What a function was before, and what was deleted (contract.md 6). */
export const historyOperations = {
  getHistory: {
    ...get,
    path: '/function/{uuid}/history',
    tag: 'History',
    summary: 'Return every change of a function, newest first',
    description: 'Values longer than 2,000 characters are cut here, and end in “…”.',
    params: byUuid,
    query: Page,
    answer: z.array(HistoryEntry),
    answerHeaders: pageHeaders,
    returns: 'The revisions',
    errors: missing,
  },
  restoreRevision: {
    ...post,
    path: '/function/{uuid}/restore',
    tag: 'History',
    limit: 15 * SECOND,
    summary: 'Restore a function to an earlier revision',
    description: 'A new revision with the content of the earlier one, its file included.',
    params: byUuid,
    headers: ifMatch,
    body: RestoreRequest,
    ...changedFunction,
    errors: { ...missing, ...outdated },
  },
  listTrash: {
    ...get,
    path: '/functions/trash',
    tag: 'History',
    summary: 'Return the deleted functions, latest first',
    description: 'They stay for 30 days.',
    query: Page,
    answer: z.array(TrashItem),
    answerHeaders: pageHeaders,
    returns: 'The deleted functions',
  },
  emptyTrash: {
    ...del,
    path: '/functions/trash',
    tag: 'History',
    scope: 'admin',
    summary: 'Delete everything in the trash for good',
    description:
      'The space on the disk is free when the job is done. To delete some, use `POST /functions/bulk` with `Purge`.',
    answer: Job,
    returns: 'The job that does it',
  },
  undeleteFunction: {
    ...post,
    path: '/function/{uuid}/undelete',
    tag: 'History',
    summary: 'Bring a deleted function back',
    params: byUuid,
    ...aFunction,
    errors: missing,
  },
} satisfies Record<string, Operation>

/** Long work, and every change as it happens (contract.md 6). */
export const jobOperations = {
  listJobs: {
    ...get,
    path: '/jobs',
    tag: 'Job',
    summary: 'Return the jobs, newest first',
    query: Page,
    answer: z.array(Job),
    returns: 'The jobs',
  },
  getJob: {
    ...get,
    path: '/jobs/{uuid}',
    tag: 'Job',
    limit: 1 * SECOND,
    summary: 'Return a job',
    params: byUuid,
    answer: Job,
    returns: 'The job',
    errors: missing,
  },
  controlJob: {
    ...post,
    path: '/jobs/{uuid}/{order}',
    tag: 'Job',
    summary: 'Cancel, pause, resume or retry a job',
    params: byUuid.extend({
      order: z.enum(['cancel', 'pause', 'resume', 'retry']).meta({ description: 'What the job is to do' }),
    }),
    answer: Job,
    returns: 'The job as it is now',
    errors: { ...missing, 409: 'The state of the job does not allow it' },
  },
  changeFunctions: {
    ...post,
    path: '/functions/bulk',
    tag: 'Job',
    summary: 'Change many functions in the same way',
    description:
      'By their UUIDs, by the query of the list (with `Undelete` and `Purge` it looks in the trash), or all in the trash. A filter that leaves out nothing is refused: say `All`. ' +
      'The job lists those that could not be changed, and why. With `DryRun` nothing is changed, and the answer is how many functions are meant, and the first of them.',
    body: BulkRequest,
    bodyLimit: LARGE_BODY,
    answer: z.union([Job, ChosenFunctions]),
    returns: 'The job that does it',
  },
  streamEvents: {
    ...get,
    path: '/events',
    tag: 'Job',
    limit: null,
    summary: 'Follow every change',
    description:
      'Server-sent events, one object each. `Last-Event-ID` resumes after the event it names. The stream goes on until the client ends it.',
    headers: z.object({
      'Last-Event-ID': z.string().optional().meta({ description: 'The last event that the client has' }),
    }),
    answer: none,
    answerTypes: { 'text/event-stream': { schema: CabinetEvent } },
    returns: 'The stream of events',
    errors: { 422: '`Last-Event-ID` is not a number' },
  },
} satisfies Record<string, Operation>
