import { readFileSync } from 'node:fs'
import { z } from 'zod'

const Files = z.record(z.string(), z.base64())

/** Files that numpy 2.4.6 wrote, by what they hold (the JSON beside this, base64). */
export const numpyFiles = z
  .object({ npy: Files, npz: Files })
  .parse(JSON.parse(readFileSync(new URL('./numpy-files.json', import.meta.url), 'utf8')))

/** The bytes of one of them. */
export function numpyFile(kind: keyof typeof numpyFiles, name: string): Uint8Array {
  const file = numpyFiles[kind][name]
  if (file === undefined) throw new Error(`no such file: ${name}`)
  return Buffer.from(file, 'base64')
}
