import Database from 'better-sqlite3'
import { Problem } from '../../src-contract/contract/admin/problem.ts'

/** Another program writes to the same file, or has begun to and does not end. */
export const LOCKED = 'Another program has locked the cabinet. Nothing was changed; try again.'

/** What a person is told in place of SQLite's own words, by the beginning of SQLite's code. */
const sentences = [
  ['SQLITE_FULL', 'storage-full', 'The disk is full. Nothing was changed. Free some space and try again.'],
  ['SQLITE_IOERR', 'unavailable', 'The disk reported an error. Nothing was changed.'],
  ['SQLITE_READONLY', 'unavailable', "The cabinet's data folder cannot be written to. Nothing was changed."],
  ['SQLITE_CANTOPEN', 'unavailable', "The cabinet's data file cannot be opened. Is its folder readable and writable?"],
  ['SQLITE_PERM', 'unavailable', "The cabinet's data file cannot be opened. Is its folder readable and writable?"],
  ['SQLITE_BUSY', 'unavailable', LOCKED],
  [
    'SQLITE_CORRUPT',
    'unavailable',
    "The cabinet's data file is damaged. Nothing was changed. Stop the program and put a backup in its place; the models' files are not affected.",
  ],
  [
    'SQLITE_NOTADB',
    'unavailable',
    "The cabinet's data file is damaged: it is not an SQLite file. Restore a backup, or move it and the folder `files` elsewhere, start with an empty cabinet and import the models from there: they are not affected.",
  ],
] as const

/** The same where a file is opened, when whatever SQLite does not make sense of is the file's fault. */
export function openProblem(error: unknown): unknown {
  const problem = storeProblem(error)
  if (!(problem instanceof Database.SqliteError)) return problem
  const sentence = `The cabinet's data file is damaged (${problem.message}). Restore a backup, or move it and the folder \`files\` elsewhere, start with an empty cabinet and import the models from there: they are not affected.`
  return new Problem('unavailable', sentence, { cause: error })
}

/** Turns an error of SQLite into a Problem; every other value comes back as it is. */
export function storeProblem(error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error
  const found = sentences.find(([code]) => error.code.startsWith(code))
  if (!found) return error
  return new Problem(found[1], found[2], { cause: error })
}
