import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { TimeLimit } from '../../src-contract/operations/operation.ts'
import { operations } from '../../src-contract/operations/operations.ts'
import { MODEL_FILE_TYPES } from '../../src-contract/util/model-file-types.ts'
import { createFileStore } from '../files/file-store.ts'
import { createPool } from '../processes/pool/pool.ts'
import type { Spawn } from '../processes/spawn/channel.ts'
import { createRuntime } from '../runtime/create-runtime.ts'
import { lockDataDirectory } from '../store/lock.ts'
import { openStore } from '../store/open-store.ts'
import { createReferenceRepository } from '../store/repositories/reference-repository.ts'
import { createRepositories } from '../store/repositories/repositories.ts'
import { openProblem } from '../store/store-problem.ts'
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
import { createModelFolders } from './folders/model-folders.ts'
import { bulkJob } from './functions/bulk-job.ts'
import { createFileStatus } from './functions/file-status.ts'
import { createFunctionChanges } from './functions/function-changes.ts'
import { createFunctionService } from './functions/function-service.ts'
import { createFunctionWriter } from './functions/function-writer.ts'
import { createModelFiles } from './functions/model-files.ts'
import { importJob } from './imports/import-job.ts'
import { createJobRunner } from './jobs/job-runner.ts'
import { createJobService } from './jobs/job-service.ts'
import { createChangeLog } from './kernel/change-log.ts'
import { createLinkService, type LinkOptions } from './links/link-service.ts'
import { createFacts } from './listing/facts.ts'
import { createListing } from './listing/listing.ts'
import { createModelService } from './reports/model-service.ts'
import { createStructureReader } from './reports/report-reader.ts'
import { createReportRenewal } from './reports/report-renewal.ts'
import { createTensorDigests } from './reports/tensor-digests.ts'
import { createSettingsService, type FixedSettings } from './settings/settings-service.ts'
import { createMarkReader } from './sources/find-source.ts'
import { createBrowserSessions } from './tokens/browser-sessions.ts'
import { createTokenService } from './tokens/token-service.ts'
import { createWatchService } from './watches/watch-service.ts'
import type { WatchTimes } from './watches/watched-folder.ts'

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
  /** Told before work in which this process answers nothing for a while. */
  onLongWork?: () => void
  /** Told of errors in the background, which no caller hears of. */
  log?: (error: unknown) => void
}

/**
 * Opens the cabinet of a data folder, which this process then holds alone, and starts its child processes.
 * @throws Problem `unavailable` with a sentence that says what to do, where the folder is held by another process, cannot be written,
 * or its database is damaged or from a newer program.
 */
export async function openCabinet(options: CabinetOptions): Promise<Cabinet> {
  const lock = lockDataDirectory(options.dataDirectory)
  const closing: (() => unknown)[] = [() => lock.release()]
  const close = async () => {
    for (let step = closing.pop(); step; step = closing.pop()) await step()
  }
  try {
    const cabinet = await compose(options, (part) => {
      closing.push(() => part.close())
      return part
    })
    return { ...cabinet, close }
  } catch (error) {
    await close()
    throw openProblem(error)
  }
}

/** Opens part after part; `closed` notes one that is to be closed with the cabinet, the last one first. */
async function compose(
  { dataDirectory, spawn, settings = {}, version = '', log = console.error, onLongWork = () => {} }: CabinetOptions,
  closed: <Part extends { close(): unknown }>(part: Part) => Part,
): Promise<Omit<Cabinet, 'close'>> {
  const timeLimit = settings.timeLimit ?? ((stated) => stated)

  // What is on disk.
  refuseLostDatabase(dataDirectory)
  const store = closed(openStore(dataDirectory))
  const files = createFileStore(dataDirectory)
  const repositories = createRepositories(store.database)
  const references = createReferenceRepository(store.database)
  const changeLog = createChangeLog(store, repositories.events)
  const status = createFileStatus(changeLog, repositories)
  const kernel = { dataDirectory, store, files, repositories, references, changeLog, status, log }
  const housekeeping = closed(createHousekeeping(kernel))
  await housekeeping.begin()

  // The processes that read and run. Somebody waits for the list: spare ones are started when that is there.
  const listing = closed(
    createListing({
      spawn,
      databasePath: store.path,
      database: store.database,
      deadline: timeLimit(operations.listFunctions.limit),
    }),
  )
  const spareAfter = listing.ready
  const { startupLimit } = settings
  const readers = closed(
    createPool({ spawn, kind: 'reader', args: [store.path], size: 3, spare: 1, spareAfter, startupLimit }),
  )
  const runtime = closed(createRuntime({ spawn, workFolder: join(dataDirectory, 'work'), spareAfter, startupLimit }))
  const reader = createStructureReader(readers)
  const backgroundReader = createStructureReader(readers, 'background')

  // Functions and what is found out about them in the background.
  const chosen = createSettingsService(dataDirectory, settings.fixed ?? {}, changeLog)
  const limit = () => chosen.current().MaxUploadSize
  const writer = createFunctionWriter(repositories)
  const changes = createFunctionChanges(changeLog, repositories, writer)
  const onNewModel = () => checks.wake()
  const functions = createFunctionService({
    ...kernel,
    reader,
    writer,
    changes,
    limit,
    onNewModel,
  })
  const onChanged = (modelPath: string) => watches.changed(modelPath)
  const modelFiles = createModelFiles({ ...kernel, find: changes.find, onChanged })
  const checks = closed(createRuntimeChecks({ ...kernel, runtime, modelFiles }))
  const digests = closed(createTensorDigests({ ...kernel, readers, functions, modelFiles }))
  const renewal = closed(createReportRenewal({ ...kernel, reader: backgroundReader, modelFiles, writer }))
  const onNewModels = () => {
    checks.wake()
    renewal.wake()
  }

  // Long work, and what begins it.
  const jobs = closed(createJobRunner(kernel))
  const catalogues = createCatalogueService(changeLog, repositories)
  const tokens = createTokenService({ ...kernel, tokens: repositories.tokens })
  const sessions = closed(createBrowserSessions(changeLog))
  const links = createLinkService({
    ...kernel,
    functions,
    changes,
    reader,
    onNewModel,
    jobs,
    key: tokens.key('links'),
    limit,
    network: () => chosen.current().NetworkLinks,
    proxy: () => chosen.current().Proxy,
    ...settings.links,
  })
  await links.sweep()
  const machine = createHash('sha256').update(tokens.key('machine')).digest('hex')
  const watches = closed(
    createWatchService({ ...kernel, jobs, ...(settings.watchTimes && { times: settings.watchTimes }) }),
  )
  const definitions = [
    bulkJob({ ...kernel, functions, changes, catalogues, housekeeping }),
    importJob({
      ...kernel,
      readers,
      reader: backgroundReader,
      readMark: createMarkReader(readers),
      catalogues,
      writer,
      changes,
      limit,
      onNewModels,
    }),
    verifyJob({ ...kernel, readers }),
    benchmarkJob({ ...kernel, runtime, functions, modelFiles }),
    backupJob({ ...kernel, readers, machine }),
    restoreJob({
      ...kernel,
      onLongWork,
      readers,
      machine,
      onRestored(madeAt) {
        links.settle()
        housekeeping.tidySince(madeAt).catch(() => {})
        onNewModels()
        watches.restored(Date.parse(madeAt))
      },
    }),
  ]
  const jobService = createJobService({ runner: jobs, definitions, listing, functions, catalogues, dataDirectory })

  housekeeping.start()
  links.settle()
  jobs.open()
  watches.open()
  checks.wake()
  void spareAfter.then(() => renewal.wake())

  const processes = () => [
    { name: 'cabinet', pids: [process.pid] },
    { name: 'reader', pids: readers.pids() },
    { name: 'list', pids: listing.pids() },
    { name: 'runtime', pids: runtime.pids() },
  ]
  return {
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
    modelFiles,
    folders: createModelFolders({ modelFiles, readers, functions }),
    digests,
    models: createModelService({
      ...kernel,
      timeLimit,
      readers,
      runtime,
      functions,
      modelFiles,
      digests,
      runner: jobs,
    }),
    checks,
    listing,
    events: changeLog,
    tokens,
    sessions,
    links,
    watches,
    admin: createAdminService({ ...kernel, readers, reader, processes, version }),
    settings: chosen,
    jobs: jobService,
    files,
    contentVersion: store.contentVersion,
    writeLock: store.writeLock,
    timeLimit,
    configuration: () => ({
      Features: { Catalogues: true, Inspection: true, RuntimeCheck: true, Search: true },
      MaxUploadSize: limit(),
      SupportedFileTypes: MODEL_FILE_TYPES,
    }),
    ...createFacts(readers, timeLimit),
  }
}
