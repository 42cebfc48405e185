import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { Health, ImportRequest, OrganisationEdit, PathRequest } from '../../../src-contract/contract/admin/admin.ts'
import { AuditEntry } from '../../../src-contract/contract/admin/event.ts'
import { Job } from '../../../src-contract/contract/admin/job.ts'
import type { Operation } from '../../../src-contract/contract/admin/operations.ts'
import { Organisation } from '../../../src-contract/contract/functions/organisation.ts'
import { wholeNumber } from '../../../src-contract/contract/functions/page.ts'
import { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { Uuid } from '../../../src-contract/util/identifiers.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import { exampleModels } from '../../cabinet/imports/example-models.ts'
import {
  answer,
  bodyRefusals,
  createSection,
  guarded,
  guardedWithJson,
  json,
  noQuery,
  refusals,
} from '../middleware/operation.ts'

const tags = ['Admin']

const auditQuery = z.strictObject({
  Before: wholeNumber(1, Number.MAX_SAFE_INTEGER)
    .optional()
    .meta({ description: 'Entries before the one with this Id' }),
  Limit: wholeNumber(1, 1_000).default(100).meta({ description: 'Number of entries to return' }),
  UUID: Uuid.optional().meta({ description: 'Only what is about this object' }),
})

/** What keeps a cabinet healthy (contract.md 6): long work, the audit log, the organisation, and how all is. */
export function adminSection({ admin, events, jobs, organisation, tokens }: Cabinet) {
  const started = (operation: Operation, path: string, summary: string) =>
    createRoute({
      ...guardedWithJson(tokens, operation, 'admin'),
      method: 'post',
      path,
      tags,
      summary,
      request: { query: noQuery, body: { required: true, content: json(PathRequest) } },
      responses: { 200: answer(Job, 'The job that does it'), ...refusals, ...bodyRefusals },
    })

  return createSection()
    .openapi(
      createRoute({
        ...guardedWithJson(tokens, 'importFiles', 'admin'),
        method: 'post',
        path: '/admin/import',
        tags,
        summary: 'Import files, folders, zips and exports of this machine',
        description:
          'Copied, or left where they are (`reference`). Bytes that are there already are skipped and linked.',
        request: { query: noQuery, body: { required: true, content: json(ImportRequest) } },
        responses: { 200: answer(Job, 'The job that does it'), ...refusals, ...bodyRefusals },
      }),
      (context) => context.json(jobs.startImport(context.var.caller, context.req.valid('json')), 200),
    )
    .openapi(
      createRoute({
        ...guarded(tokens, 'importExamples', 'admin'),
        method: 'post',
        path: '/admin/examples',
        tags,
        summary: 'Import the example models that ship with the program',
        request: { query: noQuery },
        responses: { 200: answer(Job, 'The job that does it'), ...refusals },
      }),
      (context) => {
        const request = { Paths: exampleModels(), Mode: 'copy', Recursive: false } as const
        return context.json(jobs.startImport(context.var.caller, request), 200)
      },
    )
    .openapi(
      createRoute({
        ...guardedWithJson(tokens, 'inspectFile', 'admin'),
        method: 'post',
        path: '/admin/inspect',
        tags,
        summary: 'Return the inspection report of a model file of this machine, without importing it',
        request: { query: noQuery, body: { required: true, content: json(PathRequest) } },
        responses: { 200: answer(Inspection, 'The report'), ...refusals, ...bodyRefusals },
      }),
      async (context) => {
        const { Path } = context.req.valid('json')
        return context.json(await admin.inspect(Path, { signal: context.var.signal }), 200)
      },
    )
    .openapi(
      started('backUp', '/admin/backup', 'Write a complete copy of the cabinet into an empty folder of this machine'),
      (context) => context.json(jobs.startBackup(context.var.caller, context.req.valid('json')), 200),
    )
    .openapi(
      started('restoreBackup', '/admin/restore', 'Make the cabinet what it was when a backup was made'),
      (context) => context.json(jobs.startRestore(context.var.caller, context.req.valid('json')), 200),
    )
    .openapi(
      createRoute({
        ...guarded(tokens, 'verifyCabinet', 'admin'),
        method: 'post',
        path: '/admin/verify',
        tags,
        summary: 'Read every file and row, and name what is lost, damaged or changed by hand',
        request: { query: noQuery },
        responses: { 200: answer(Job, 'The job that does it'), ...refusals },
      }),
      (context) => context.json(jobs.startVerify(context.var.caller), 200),
    )
    .openapi(
      createRoute({
        ...guarded(tokens, 'listAudit', 'admin'),
        method: 'get',
        path: '/admin/audit',
        tags,
        summary: 'Return who changed what, newest first',
        request: { query: auditQuery },
        responses: { 200: answer(z.array(AuditEntry), 'The entries'), ...refusals },
      }),
      (context) => {
        const { Before, Limit, UUID } = context.req.valid('query')
        const page = {
          limit: Limit,
          ...(Before !== undefined && { before: Before }),
          ...(UUID !== undefined && { uuid: UUID }),
        }
        return context.json(events.audit(page), 200)
      },
    )
    .openapi(
      createRoute({
        ...guarded(tokens, 'getOrganisation', 'admin'),
        method: 'get',
        path: '/admin/organisation',
        tags,
        summary: "Return the cabinet's own organisation",
        request: { query: noQuery },
        responses: { 200: answer(Organisation, 'The organisation'), ...refusals },
      }),
      (context) => context.json(organisation.own(), 200),
    )
    .openapi(
      createRoute({
        ...guardedWithJson(tokens, 'editOrganisation', 'admin'),
        method: 'patch',
        path: '/admin/organisation',
        tags,
        summary: "Rename the cabinet's own organisation",
        request: { query: noQuery, body: { required: true, content: json(OrganisationEdit) } },
        responses: { 200: answer(Organisation, 'The organisation as it is now'), ...refusals, ...bodyRefusals },
      }),
      (context) => context.json(organisation.rename(context.var.caller, context.req.valid('json')), 200),
    )
    .openapi(
      createRoute({
        ...guarded(tokens, 'getHealth', 'admin'),
        method: 'get',
        path: '/admin/health',
        tags,
        summary: 'Return how the cabinet is',
        request: { query: noQuery },
        responses: { 200: answer(Health, 'Database, files, disk and processes'), ...refusals },
      }),
      async (context) => context.json(await admin.health(), 200),
    )
}
