import type { Configuration } from '../../src-contract/contract/admin/configuration.ts'
import type { TimeLimit } from '../../src-contract/operations/operation.ts'
import type { FileStore } from '../files/file-store.ts'
import type { WriteLock } from '../store/write-lock.ts'
import type { AdminService } from './admin/admin-service.ts'
import type { OrganisationService } from './admin/organisation-service.ts'
import type { CatalogueService } from './catalogues/catalogue-service.ts'
import type { RuntimeChecks } from './checks/runtime-checks.ts'
import type { ModelFolders } from './folders/model-folders.ts'
import type { FunctionService } from './functions/function-service.ts'
import type { ModelFiles } from './functions/model-files.ts'
import type { JobService } from './jobs/job-service.ts'
import type { EventService } from './kernel/change-log.ts'
import type { LinkService } from './links/link-service.ts'
import type { Facts } from './listing/facts.ts'
import type { ListingService } from './listing/listing.ts'
import type { ModelService } from './reports/model-service.ts'
import type { TensorDigests } from './reports/tensor-digests.ts'
import type { SettingsService } from './settings/settings-service.ts'
import type { BrowserSessions } from './tokens/browser-sessions.ts'
import type { TokenService } from './tokens/token-service.ts'
import type { WatchService } from './watches/watch-service.ts'

/**
 * What the cabinet knows and does, for every way in alike. Every method may throw Problem; those that change something take the
 * caller first, write their event in the same transaction, and have their change on disk when they return. Scopes are checked
 * by the links.
 */
export type Cabinet = Facts & {
  readonly dataDirectory: string
  readonly organisation: OrganisationService
  readonly catalogues: CatalogueService
  readonly functions: FunctionService
  /** The way from functions to the bytes of their files. */
  readonly modelFiles: ModelFiles
  /** Models as folders that run without the cabinet. */
  readonly folders: ModelFolders
  /** Reports with the digests of their tensors, for comparing weights. */
  readonly digests: Pick<TensorDigests, 'of'>
  readonly models: ModelService
  /** Whether models run here. */
  readonly checks: Pick<RuntimeChecks, 'again'>
  readonly links: LinkService
  readonly watches: WatchService
  readonly listing: ListingService
  readonly events: EventService
  readonly tokens: TokenService
  readonly sessions: BrowserSessions
  readonly jobs: JobService
  readonly admin: AdminService
  readonly settings: SettingsService
  /** Receives uploads: `files.receive(stream, {limit, signal})`. */
  readonly files: FileStore
  /** Another after each change of the database; undefined where it cannot be read. */
  contentVersion(): string | undefined
  /** Asked before a request changes something. */
  readonly writeLock: WriteLock
  /** How long an operation may run, in milliseconds. */
  readonly timeLimit: TimeLimit
  configuration(): Configuration
  /** Ends background work and children, writes the database's log back and frees the data folder. May be called twice. */
  close(): Promise<void>
}
