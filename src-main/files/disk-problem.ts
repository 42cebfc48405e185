import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../../src-contract/contract/admin/problem.ts'

const full = new Set(['ENOSPC', 'EDQUOT'])

/** The code of a system error such as `ENOENT`; undefined for any other value. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** Turns a full disk into a Problem; every other value comes back as it is. */
export function diskProblem(error: unknown): unknown {
  return full.has(errorCode(error) ?? '') ? storageFull(error) : error
}

export function storageFull(cause?: unknown): Problem {
  return new Problem('storage-full', 'The disk is full. Nothing was saved. Free some space and try again.', { cause })
}

/** What a person is told where the system failed and nobody is to blame, by the code of its error. */
const sentences: Readonly<Record<string, string>> = {
  EIO: 'The disk reported an error. If it happens again, check the disk.',
  EROFS: 'The disk is read-only. Nothing was saved.',
  EMFILE: 'Too many files are open. Try again in a moment.',
  ENFILE: 'Too many files are open on this computer. Close other programs and try again.',
}

/** Turns what the system could not do into a Problem; every other value comes back as it is. */
export function systemProblem(error: unknown): unknown {
  const sentence = error instanceof Error && 'syscall' in error ? sentences[errorCode(error) ?? ''] : undefined
  return sentence === undefined ? diskProblem(error) : new Problem('unavailable', sentence, { cause: error })
}

/** Turns what the system says of a data folder's file into a Problem that names it; every other value comes back as it is. */
export function folderProblem(error: unknown, dataDirectory: string): unknown {
  const known = diskProblem(error)
  if (known !== error || !(error instanceof Error) || !('syscall' in error)) return known
  return new Problem('unavailable', `The data folder ${dataDirectory} cannot be used: ${error.message}.`, {
    cause: error,
  })
}

/** Turns what fails because the data folder is gone, with a drive or by hand, into a Problem; every other value comes back as it is. */
export function goneFolderProblem(error: unknown, dataDirectory: string): unknown {
  // Chromium makes its own folder anew, and with it the one around that.
  const there = () => existsSync(join(dataDirectory, 'files'))
  if (!(error instanceof Error) || !('syscall' in error) || there()) return error
  return new Problem(
    'unavailable',
    'The data folder no longer exists. If it was moved or its drive was disconnected, bring it back and start again.',
    { cause: error },
  )
}
