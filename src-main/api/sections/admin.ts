import { operations } from '../../../src-contract/operations/operations.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import { exampleModels } from '../../cabinet/imports/example-models.ts'
import { createSection } from '../middleware/operation.ts'

/** What keeps a cabinet healthy (contract.md 6): long work, the audit log, the organisation, the settings, and how all is. */
export function adminSection(cabinet: Cabinet) {
  const { admin, events, jobs, modelFiles, organisation, settings } = cabinet
  const { app, serve } = createSection(cabinet)
  serve(operations.importFiles, ({ caller, body }) => jobs.startImport(caller, body))
  serve(operations.importExamples, ({ caller }) =>
    jobs.startImport(caller, { Paths: exampleModels(), Mode: 'copy', Recursive: false }),
  )
  serve(operations.inspectFile, ({ body, signal }) => admin.inspect(body.Path, { signal }))
  serve(operations.backUp, ({ caller, body }) => jobs.startBackup(caller, body))
  serve(operations.restoreBackup, ({ caller, body }) => jobs.startRestore(caller, body))
  serve(operations.verifyCabinet, ({ caller }) => jobs.startVerify(caller))
  serve(operations.listAudit, ({ query: { Before, Limit, UUID } }) =>
    events.audit({
      limit: Limit,
      ...(Before !== undefined && { before: Before }),
      ...(UUID !== undefined && { uuid: UUID }),
    }),
  )
  serve(operations.getOrganisation, () => organisation.own())
  serve(operations.editOrganisation, ({ caller, body }) => organisation.rename(caller, body))
  serve(operations.getHealth, () => admin.health())
  serve(operations.getSettings, () => settings.current())
  serve(operations.editSettings, ({ caller, body }) => settings.change(caller, body))
  // For admins only: a path says something about the machine, not about the model.
  serve(operations.locateFunction, ({ params, signal }) =>
    modelFiles.use(
      params.uuid,
      async ({ path, external }) => ({
        Path: path,
        External: external.map((file) => ({ Location: file.location, Path: file.path })),
      }),
      { signal },
    ),
  )
  return app
}
