import { chmodSync, closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { errorCode } from './disk-problem.ts'

/** Reads a file that only its owner may read, and takes others' rights away where somebody gave them; undefined where there is none. */
export function readSecretFile(path: string): Buffer | undefined {
  try {
    // Windows has no such rights; there the folder of the user is closed to others.
    if (process.platform !== 'win32') chmodSync(path, 0o600)
    return readFileSync(path)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Writes a file that only its owner may read (mode 0600), whole or not at all. */
export function writeSecretFile(path: string, bytes: string | Uint8Array): void {
  const temporary = `${path}.new`
  const descriptor = openSync(temporary, 'w', 0o600)
  try {
    writeSync(descriptor, Buffer.from(bytes))
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(temporary, path)
}
