import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { errorCode } from './disk-problem.ts'

/**
 * Makes a folder that a person named, and those above it. Node's own way (`recursive`) tries for ever, on a whole core, where a file
 * system refuses a folder as if the one above were missing, as `/proc` and automounted folders do.
 * @throws Error of the system; `ENOTDIR` where something else has the name
 */
export function makeFolder(path: string): void {
  if (make(path)) return
  makeFolder(dirname(path))
  mkdirSync(path)
}

/** @returns false where the folder above is missing */
function make(path: string): boolean {
  try {
    mkdirSync(path)
  } catch (error) {
    if (errorCode(error) === 'ENOENT' && dirname(path) !== path) return false
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error
  }
  return true
}
