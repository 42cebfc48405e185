import { hkdfSync, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { readSecretFile, writeSecretFile } from '../../files/secret-file.ts'

const KEY_BYTES = 32

/**
 * Gives keys of 32 bytes, one for each purpose, all derived (HKDF-SHA256, RFC 5869) from the random key in `<data>/key`, which is made at
 * first start. Backups and exports leave that file out.
 */
export function openKeyFile(dataDirectory: string): (purpose: string) => Uint8Array {
  const path = join(dataDirectory, 'key')
  let master = readSecretFile(path)
  if (master?.length !== KEY_BYTES) {
    master = randomBytes(KEY_BYTES)
    writeSecretFile(path, master)
  }
  const secret = master
  return (purpose) => new Uint8Array(hkdfSync('sha256', secret, '', `model-cabinet ${purpose}`, KEY_BYTES))
}
