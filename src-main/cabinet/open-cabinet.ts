import { join } from 'node:path'
import type { TimeLimit } from '../../src-contract/operations/operation.ts'
import { operations } from '../../src-contract/operations/operations.ts'
import { createFileStore } from '../files/file-store.ts'
import { createPool } from '../processes/pool/pool.ts'
import type { Spawn } from '../processes/spawn/channel.ts'
import { fieldsTask, optionsTask, sourcesTask, statisticsTask } from '../reader/tasks/list-tasks.ts'
import { createRuntime } from '../runtime/create-runtime.ts'
import { lockDataDirectory } from '../store/lock.ts'
import { openStore } from '../store/open-store.ts'
import { createReferenceRepository } from '../store/repositories/reference-repository.ts'
import { createRepositories } from '../store/repositories/repositories.ts'
import { createAdminService } from './admin/admin-service.ts'
import { createHousekeeping } from './admin/housekeeping.ts'
import { createOrganisationService } from './admin/organisation-service.ts'
import { refuseLostDatabase } from './admin/refuse-lost-database.ts'
import { verifyJob } from './admin/verify-job.ts'
import { backupJob } from './backups/backup-job.ts'
import { restoreJob } from './backups/restore-job.ts'
import { benchmarkJob } from './benchmarks/benchmark-job.ts'
import type { Cabinet } from './cabinet.ts'
import { createCatalogueService } from './catalogues/catalogue-service.ts'
import { createRuntimeChecks } from './checks/runtime-checks.ts'
import { bulkJob } from './functions/bulk-job.ts'
import { createFunctionService } from './functions/create-function-service.ts'
import { createFunctionChanges } from './functions/function-changes.ts'
import { createFunctionWriter } from './functions/function-writer.ts'
import { importJob } from './imports/import-job.ts'
import { createJobRunner } from './jobs/job-runner.ts'
import { createJobService } from './jobs/job-service.ts'
import { createChangeLog } from './kernel/change-log.ts'
import { createLinkService, type LinkOptions } from './links/link-service.ts'
import { createListing } from './listing/listing.ts'
import { createModelService } from './reports/model-service.ts'
import { createStructureReader } from './reports/report-reader.ts'
import { createReportRenewal } from './reports/report-renewal.ts'
import { createTensorDigests } from './reports/tensor-digests.ts'
import type { FixedSettings } from './settings/settings-service.ts'
import { createSettingsService } from './settings/settings-service.ts'
import { createTokenService } from './tokens/token-service.ts'
import { createWatchService } from './watches/watch-service.ts'
import type { WatchTimes } from './watches/watched-folder.ts'

const MONTH = 30 * 24 * 60 * 60 * 1000

export type CabinetSettings = {
  /** What the switches of this start have fixed, whatever the settings of the data folder say. */
  fixed?: FixedSettings
  /** How linked files are fetched, where it differs from the usual. */
  links?: Pick<LinkOptions, 'rules' | 'retry'>
  /** When watched folders are looked at, where it differs from the usual. */
  watchTimes?: WatchTimes
  /** How long an operation may run, where it differs from what the document says. */
  timeLimit?: TimeLimit
  /** Milliseconds in which a child process must be ready, where they differ from the usual. */
  startupLimit?: number
}

export type CabinetOptions = {
  dataDirectory: string
  spawn: Spawn
  settings?: CabinetSettings
  /** The program's version, told in `health`. */
  version?: string
  /** Told of errors in the background, which no caller hears of. */
  log?: (error: unknown) => void
}

/**
 * Opens the cabinet of a data folder, which this process then holds alone, and starts its child processes.
 * @throws Problem `unavailable` with a sentence that says what to do, where the folder is held by another process, cannot be written,
 * or its database is damaged or from a newer program.
 */
export async function openCabinet({
  dataDirectory,
  spawn,
  settings = {},
  version = '',
  log = console.error,
}: CabinetOptions): Promise<Cabinet> {
  const timeLimit = settings.timeLimit ?? ((stated) => stated)
  const lock = lockDataDirectory(dataDirectory)
  const closing: (() => unknown)[] = [() => lock.release()]
  const close = async () => {
    for (let step = closing.pop(); step; step = closing.pop()) await step()
  }
  try {
    return await compose()
  } catch (error) {
    await close()
    throw error
  }

  async function compose(): Promise<Cabinet> {
    refuseLostDatabase(dataDirectory)
    const store = openStore(dataDirectory)
    closing.push(() => store.close())
    const files = createFileStore(dataDirectory)
    const repositories = createRepositories(store.database)
    const changeLog = createChangeLog(store, repositories.events)
    const housekeeping = createHousekeeping({ files, repositories, changeLog, log })
    await housekeeping.begin()
    closing.push(() => housekeeping.close())

    const listing = createListing({
      spawn,
      databasePath: store.path,
      database: store.database,
      deadline: timeLimit(operations.listFunctions.limit),
    })
    closing.push(() => listing.close())
    // Somebody waits for the list; what is to stand ready for later is started when that is there.
    const spareAfter = listing.ready
    const { startupLimit } = settings
    const readers = createPool({
      spawn,
      kind: 'reader',
      args: [store.path],
      size: 3,
      spare: 1,
      spareAfter,
      startupLimit,
    })
    closing.push(() => readers.close())
    const runtime = createRuntime({ spawn, workFolder: join(dataDirectory, 'work'), spareAfter, startupLimit })
    closing.push(() => runtime.close())

    const chosen = createSettingsService(dataDirectory, settings.fixed ?? {}, changeLog)
    const limit = () => chosen.current().MaxUploadSize
    const reader = createStructureReader(readers)
    const writer = createFunctionWriter(repositories)
    const changes = createFunctionChanges(changeLog, repositories, writer)
    const functions = createFunctionService({
      changeLog,
      repositories,
      files,
      reader,
      writer,
      changes,
      limit,
      onNewModel: () => checks.wake(),
      onPurged: () => housekeeping.soon(),
    })
    const checks = createRuntimeChecks({ runtime, repositories, functions, changeLog, log })
    closing.push(() => checks.close())
    const digests = createTensorDigests({ readers, repositories, functions, changeLog, log })
    closing.push(() => digests.close())
    const renewal = createReportRenewal({
      reader: createStructureReader(readers, 'background'),
      repositories,
      functions,
      writer,
      changeLog,
      log,
    })
    closing.push(() => renewal.close())
    const jobs = createJobRunner({ store, changeLog, log })
    closing.push(() => jobs.close())
    const tokens = createTokenService({ dataDirectory, changeLog, tokens: repositories.tokens })
    const links = createLinkService({
      dataDirectory,
      store,
      changeLog,
      repositories,
      files,
      functions,
      changes,
      reader,
      onNewModel: () => checks.wake(),
      jobs,
      key: tokens.key('links'),
      limit,
      network: () => chosen.current().NetworkLinks,
      log,
      ...settings.links,
    })
    await links.sweep()
    const catalogues = createCatalogueService(changeLog, repositories)
    const importing = {
      changeLog,
      repositories,
      references: createReferenceRepository(store.database),
      files,
      reader: createStructureReader(readers, 'background'),
      changes,
      limit,
    }
    const watches = createWatchService({
      dataDirectory,
      store,
      changeLog,
      repositories,
      references: importing.references,
      jobs,
      log,
      ...(settings.watchTimes && { times: settings.watchTimes }),
    })
    closing.push(() => watches.close())
    const definitions = [
      bulkJob({ changeLog, functions, changes, catalogues }),
      importJob({
        ...importing,
        writer,
        dataDirectory,
        onNewModels: () => {
          checks.wake()
          renewal.wake()
        },
      }),
      verifyJob({ changeLog, repositories, files, readers }),
      benchmarkJob({ runtime, functions, repositories, changeLog }),
      backupJob({ store, files, dataDirectory }),
      restoreJob({
        store,
        changeLog,
        repositories,
        files,
        onRestored() {
          housekeeping.tidy().catch(() => {})
          checks.wake()
          renewal.wake()
        },
      }),
    ]

    const processes = () => [
      { name: 'cabinet', pids: [process.pid] },
      { name: 'reader', pids: readers.pids() },
      { name: 'list', pids: listing.pids() },
      { name: 'runtime', pids: runtime.pids() },
    ]
    const cabinet: Cabinet = {
      dataDirectory,
      organisation: createOrganisationService(changeLog, repositories.organisations),
      catalogues,
      functions: {
        ...functions,
        inspection(uuid) {
          const report = functions.inspection(uuid)
          digests.later(uuid, report)
          return report
        },
      },
      digests,
      models: createModelService({
        timeLimit,
        readers,
        runtime,
        functions,
        digests,
        repositories,
        runner: jobs,
      }),
      checks,
      listing,
      events: changeLog,
      tokens,
      links,
      watches,
      admin: createAdminService({ store, files, repositories, readers, reader, processes, version }),
      settings: chosen,
      jobs: createJobService({ runner: jobs, definitions, listing, catalogues, dataDirectory }),
      files,
      timeLimit,
      configuration: () => ({
        Features: { Catalogues: true, Inspection: true, RuntimeCheck: true, Search: true },
        MaxUploadSize: limit(),
        SupportedFileTypes: ['.onnx', '.zip'],
      }),
      statistics: ({ signal }) => {
        const monthAgo = new Date(Date.now() - MONTH).toISOString()
        return readers.run(
          statisticsTask,
          { monthAgo },
          { deadline: timeLimit(operations.getStatistics.limit), ...(signal && { signal }) },
        )
      },
      options: ({ signal }) =>
        readers.run(optionsTask, null, {
          deadline: timeLimit(operations.listOptions.limit),
          ...(signal && { signal }),
        }),
      sources: ({ signal }) =>
        readers.run(sourcesTask, null, {
          deadline: timeLimit(operations.listSources.limit),
          ...(signal && { signal }),
        }),
      fields: ({ signal }) =>
        readers.run(fieldsTask, null, { deadline: timeLimit(operations.listFields.limit), ...(signal && { signal }) }),
      close,
    }
    housekeeping.start()
    jobs.open()
    watches.open()
    checks.wake()
    void spareAfter.then(() => renewal.wake())
    return cabinet
  }
}
