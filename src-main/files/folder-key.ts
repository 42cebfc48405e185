import { hkdfSync, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { readSecretFile, writeSecretFile } from './secret-file.ts'

const KEY_BYTES = 32

/** 32 bytes for each purpose, such as `auth` for signed tokens. */
export type FolderKeys = (purpose: string) => Uint8Array

/**
 * Keys that are all derived (HKDF-SHA256, RFC 5869) from the random one in `<data>/key`, so that what one of them signs is worth nothing
 * for another purpose. Backups and exports leave that file out.
 * @returns undefined where there is no such file
 */
export function readFolderKeys(dataDirectory: string): FolderKeys | undefined {
  const secret = readSecretFile(join(dataDirectory, 'key'))
  if (secret?.length !== KEY_BYTES) return undefined
  return (purpose) => new Uint8Array(hkdfSync('sha256', secret, '', `model-cabinet ${purpose}`, KEY_BYTES))
}

/** The same; the file is made where there is none. */
export function openFolderKeys(dataDirectory: string): FolderKeys {
  const keys = readFolderKeys(dataDirectory)
  if (keys) return keys
  writeSecretFile(join(dataDirectory, 'key'), randomBytes(KEY_BYTES))
  return openFolderKeys(dataDirectory)
}
