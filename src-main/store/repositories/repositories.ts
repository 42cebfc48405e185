import type { Database } from 'better-sqlite3'
import { createAttributeRepository } from './attribute-repository.ts'
import { createBenchmarkRepository } from './benchmark-repository.ts'
import { createCatalogueRepository } from './catalogue-repository.ts'
import { createClockRepository } from './clock-repository.ts'
import { createDownloadRepository } from './download-repository.ts'
import { createEventRepository } from './event-repository.ts'
import { createFunctionRepository } from './function-repository.ts'
import { createInspectionRepository } from './inspection-repository.ts'
import { createLinkRepository } from './link-repository.ts'
import { createOrganisationRepository } from './organisation-repository.ts'
import { createRevisionRepository } from './revision-repository.ts'
import { createTokenRepository } from './token-repository.ts'

/** All tables of the cabinet that its services write. */
export function createRepositories(database: Database) {
  return {
    attributes: createAttributeRepository(database),
    benchmarks: createBenchmarkRepository(database),
    catalogues: createCatalogueRepository(database),
    clock: createClockRepository(database),
    downloads: createDownloadRepository(database),
    events: createEventRepository(database),
    functions: createFunctionRepository(database),
    inspections: createInspectionRepository(database),
    links: createLinkRepository(database),
    organisations: createOrganisationRepository(database),
    revisions: createRevisionRepository(database),
    tokens: createTokenRepository(database),
  }
}

export type Repositories = ReturnType<typeof createRepositories>
