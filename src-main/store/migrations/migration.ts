import type { Database } from 'better-sqlite3'

/** One forward step of the schema. `version` is the `user_version` that the file has afterwards; steps count from 1. */
export type Migration = { version: number; name: string; up(database: Database): void }
