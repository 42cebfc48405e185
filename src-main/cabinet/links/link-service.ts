import { join } from 'node:path'
import { z } from 'zod'
import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { NetworkLinks } from '../../../src-contract/contract/admin/settings.ts'
import type { LinkRequest, LinkUpdate } from '../../../src-contract/contract/functions/link.ts'
import type { FileStore } from '../../files/file-store.ts'
import { reachPublic } from '../../network/guarded-lookup.ts'
import { NetworkFailure } from '../../network/network-failure.ts'
import { proxyFor } from '../../network/proxy.ts'
import type { Store } from '../../store/open-store.ts'
import { createLinkRepository, type LinkKind } from '../../store/repositories/link-repository.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'
import type { FunctionChanges } from '../functions/function-changes.ts'
import type { FunctionRecord, FunctionService } from '../functions/function-service.ts'
import type { JobRunner } from '../jobs/job-runner.ts'
import type { ChangeLog } from '../kernel/change-log.ts'
import type { StructureReader } from '../reports/report-reader.ts'
import { EDGE_IMPULSE_URL } from './edge-impulse.ts'
import { createFetchJobs, type RetryRules, retryRules } from './fetch-job.ts'
import { type FetchRules, LINKS_ARE_OFF } from './fetch-link.ts'
import { createHostTokens, type HostTokens } from './host-tokens.ts'
import { HUB_URL, hubAddress, listModels } from './hub.ts'
import { createSecretBox } from './link-secret.ts'
import { createLinkState } from './link-state.ts'
import { linkTarget } from './link-target.ts'

/** Functions whose file comes from somewhere else (contract.md 5, operations 11 and 15). */
export type LinkService = {
  /**
   * Adds a function with Status `downloading` and starts fetching its file in the background, as a job of kind `fetch`.
   * @throws Problem `forbidden` where a caller without scope `admin` gives a path; `invalid` (field `Path`, `Catalogues`).
   */
  add(caller: Caller, request: LinkRequest): FunctionRecord
  /**
   * As `add`; of a repository of the Hub every model, of which the answer is the first.
   * @throws Problem also `invalid`, `unavailable` (field `Url`) where the repository cannot be listed
   */
  addAll(caller: Caller, request: LinkRequest, signal: AbortSignal): Promise<FunctionRecord>
  /**
   * `EdgeImpulse: true` fetches again from the link, whatever its kind, and wakes a fetch that waits; the answer has Status
   * `downloading`. `false` unlinks, ends a fetch under way and keeps the file.
   * @throws Problem `not-found`; `conflict` where the function has no link; `forbidden` as in `add`; `precondition-failed`.
   */
  update(
    caller: Caller,
    uuid: string,
    request: LinkUpdate,
    change?: { expectedRevisions?: readonly number[] },
  ): FunctionRecord
  readonly hostTokens: HostTokens
}

const STALL_LIMIT = 30_000

export type LinkOptions = {
  dataDirectory: string
  store: Store
  changeLog: ChangeLog
  repositories: Pick<Repositories, 'functions' | 'downloads'>
  files: FileStore
  functions: FunctionService
  changes: FunctionChanges
  reader: StructureReader
  /** Told when a function has a new model. */
  onNewModel(): void
  jobs: JobRunner
  /** 32 bytes from the key file, for this purpose alone. */
  key: Uint8Array
  /** The largest file in bytes. */
  limit: () => number
  /** Where links may lead at this moment. */
  network: () => NetworkLinks
  /** The proxy of the settings; null: that of the environment. */
  proxy: () => string | null
  log: (error: unknown) => void
  /** Where they differ from the usual. */
  rules?: Partial<FetchRules>
  retry?: RetryRules
}

/** Opens the links of a cabinet, and makes the job kind `fetch` known to `jobs`; before `jobs.open()`. */
export function createLinkService(options: LinkOptions): LinkService & { sweep(): Promise<void>; settle(): void } {
  const { dataDirectory, store, changeLog, repositories, files, functions, changes, jobs, limit, network } = options
  const state = createLinkState(changeLog, repositories.functions, createLinkRepository(store.database))
  const secrets = createSecretBox(options.key)
  const hostTokens = createHostTokens(store.database, changeLog, secrets)
  const { HF_ENDPOINT = HUB_URL, HF_TOKEN = null } = process.env
  const hub = new URL(URL.canParse(HF_ENDPOINT) ? HF_ENDPOINT : HUB_URL)
  const rules: FetchRules = {
    isOpen: () => network() !== 'off',
    reach: (address) => network() === 'any' || reachPublic(address),
    bearerOf: (origin) => hostTokens.of(origin) ?? (origin === hub.origin ? HF_TOKEN : null),
    proxyOf: (url) => proxyFor(url, options.proxy()),
    stallLimit: STALL_LIMIT,
    edgeImpulse: new URL(EDGE_IMPULSE_URL),
    hub,
    ...options.rules,
  }
  const fetches = createFetchJobs({
    directory: join(dataDirectory, 'fetching'),
    files,
    changeLog,
    changes,
    reader: options.reader,
    isNamed: repositories.downloads.isStored,
    isOfSeveral: (id) => repositories.downloads.list(id).some(({ role }) => role === 'external'),
    onNewModel: options.onNewModel,
    state,
    secrets,
    limit,
    retry: options.retry ?? retryRules,
    rules,
  })
  jobs.register(fetches.definition)

  function fetchesOf(uuid: string): string[] {
    const ofFunction = ({ input }: { input: unknown }) =>
      typeof input === 'object' && input !== null && 'function' in input && input.function === uuid
    return jobs
      .unfinished('fetch')
      .filter(ofFunction)
      .map((job) => job.uuid)
  }

  function endFetches(caller: Caller, uuid: string): void {
    for (const job of fetchesOf(uuid)) jobs.cancel(caller, job)
  }

  function fetchAgain(caller: Caller, uuid: string): void {
    // A job that has just brought the file may still be ending.
    const [underWay] = changes.find(uuid).item.Status === 'downloading' ? fetchesOf(uuid) : []
    if (underWay === undefined) jobs.start(caller, 'fetch', { function: uuid })
    else if (jobs.get(underWay).State !== 'running') jobs.resume(caller, underWay)
    state.change(uuid, { status: 'downloading', message: '' })
  }

  /** A path is read with the rights of this program, which are its owner's; whatever else is fetched comes over the network. */
  function refuseForbidden(caller: Caller, kind: LinkKind): void {
    if (kind !== 'Path' && network() === 'off') throw new Problem('forbidden', LINKS_ARE_OFF)
    if (kind === 'Path' && caller.scope !== 'admin') {
      throw new Problem(
        'forbidden',
        'Only the desktop window and tokens with the scope admin may link to files on this computer.',
      )
    }
  }

  // A function in the trash needs no file; after its way back it can be fetched again.
  changeLog.subscribe(({ UUID, By }) => {
    try {
      if (UUID !== null) endFetches({ name: By, scope: 'write' }, UUID)
    } catch (error) {
      options.log(error)
    }
  }, 'function.deleted')

  /**
   * Says of functions that no job fetches that they are not being fetched: what a backup was made in the midst of, and what was in the trash when
   * its job ended.
   */
  function settle(): void {
    const fetched = new Set(
      jobs.unfinished('fetch').map(({ input }) => z.object({ function: z.string() }).parse(input).function),
    )
    for (const uuid of repositories.functions.downloading()) if (!fetched.has(uuid)) state.abandon(uuid)
  }
  changeLog.subscribe(() => {
    try {
      settle()
    } catch (error) {
      options.log(error)
    }
  }, 'function.undeleted')

  function add(caller: Caller, request: LinkRequest): FunctionRecord {
    const { kind, target, secret, name } = linkTarget(request)
    refuseForbidden(caller, kind)
    const { Name = name, Catalogues } = request
    const uuid = changeLog.change(() => {
      const input = { Name, ...(Catalogues && { Catalogues }) }
      const created = changes.insert(caller, input, { model: undefined, devices: [] }, 'downloading')
      const sealed = secret === null ? null : secrets.seal(created, secret)
      const link = { kind, target, secret: sealed, etag: null, downloadedAt: null, message: '' }
      state.attach(changes.find(created), link)
      jobs.start(caller, 'fetch', { function: created })
      return created
    })
    return functions.get(uuid)
  }

  async function addAll(caller: Caller, request: LinkRequest, signal: AbortSignal): Promise<FunctionRecord> {
    const { Url = '', Name: _, ...others } = request
    const hub = hubAddress(Url)
    if (!hub || hub.file !== null) return add(caller, request)
    refuseForbidden(caller, 'Url')
    const addresses = await listModels(hub, rules.hub, { ...rules, signal }).catch((error: unknown) => {
      if (!(error instanceof NetworkFailure)) throw error
      const code = error.kind === 'refused' ? 'invalid' : 'unavailable'
      throw new Problem(code, error.message, { field: 'Url', cause: error })
    })
    const named = addresses.length === 1 ? request : others
    const [first] = changeLog.change(() => addresses.map((address) => add(caller, { ...named, Url: address })))
    return first ?? add(caller, request)
  }

  return {
    hostTokens,
    settle,
    add,
    addAll,
    update(caller, uuid, { EdgeImpulse }, { expectedRevisions } = {}) {
      changeLog.change((record) => {
        const stored = changes.findAt(uuid, expectedRevisions)
        const linked = state.find(uuid)
        if (!linked) throw new Problem('conflict', `“${stored.item.Name}” is not linked.`, { uuid })
        if (EdgeImpulse || linked.link.kind === 'Path') refuseForbidden(caller, linked.link.kind)
        if (EdgeImpulse) return fetchAgain(caller, uuid)
        endFetches(caller, uuid)
        state.detach(changes.find(uuid))
        const summary = `Unlinked “${stored.item.Name}”`
        const change = [{ Field: 'Link', Before: linked.link.target, After: null }]
        record({ kind: 'function.status', uuid, by: caller.name, summary, change })
      })
      return functions.get(uuid)
    },
    sweep: () => fetches.sweep(new Set(jobs.unfinished('fetch').map(({ uuid }) => uuid))),
  }
}
