import { Problem } from '../../src-contract/problem.ts'

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
  return new Problem('storage-full', 'The disk is full. Nothing was kept. Free some space and try again.', { cause })
}

/** Turns what the system says of a data folder's file into a Problem that names it; every other value comes back as it is. */
export function folderProblem(error: unknown, dataDirectory: string): unknown {
  const known = diskProblem(error)
  if (known !== error || !(error instanceof Error) || !('syscall' in error)) return known
  return new Problem('unavailable', `The data folder ${dataDirectory} cannot be used: ${error.message}.`, {
    cause: error,
  })
}
