import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { parseBounded } from '../../../src-contract/util/bounded-json.ts'
import { Sha256 } from '../../../src-contract/util/identifiers.ts'

export const MANIFEST_NAME = 'manifest.json'
/** In a folder in which a backup is being written: what is there may be written over. */
export const UNFINISHED_NAME = 'unfinished.json'
const VERSION = 1
/** Bytes: the manifest of a million files has 100 MB. */
const LARGEST = 256 * 1024 * 1024
const MOST_VALUES = 10_000_000

const File = z.strictObject({ Sha256, Size: z.int().nonnegative() })

/**
 * What a backup holds, written last: a folder without it is no complete backup. Beside it lie `cabinet.db` and `files/` as in a data
 * folder. `Missing` are files that were lost or damaged when the backup was made; `Referenced` counts those among all that stay where they are, of which
 * a copy is in the backup. `Machine` is the data folder that it is of, unless an older version made it.
 */
export const BackupManifest = z.object({
  Format: z.literal('model-cabinet-backup'),
  Version: z.int().positive(),
  MadeAt: z.string(),
  Organisation: z.string(),
  Functions: z.int().nonnegative(),
  Database: File,
  Files: z.array(File),
  Missing: z.array(Sha256),
  Referenced: z.int().nonnegative(),
  Machine: Sha256.optional(),
})
export type BackupManifest = z.infer<typeof BackupManifest>

export function newManifest(content: Omit<BackupManifest, 'Format' | 'Version'>): BackupManifest {
  return { Format: 'model-cabinet-backup', Version: VERSION, ...content }
}

/** @throws Problem `invalid` (field `Path`) where the folder is no complete backup that this program understands. */
export function readManifest(folder: string): BackupManifest {
  const path = join(folder, MANIFEST_NAME)
  if (!existsSync(path)) {
    const reason = ['cabinet.db', UNFINISHED_NAME].some((name) => existsSync(join(folder, name)))
      ? 'the backup was interrupted'
      : 'manifest.json is missing'
    throw refused(`${folder} is not a complete backup: ${reason}.`)
  }
  let manifest: BackupManifest
  try {
    const status = statSync(path)
    if (!status.isFile() || status.size > LARGEST) throw new Error('It is not a file, or larger than any manifest.')
    manifest = BackupManifest.parse(parseBounded(readFileSync(path), MOST_VALUES))
  } catch (cause) {
    throw refused(`${path} is damaged or is not the manifest of a Model Cabinet backup.`, cause)
  }
  if (manifest.Version > VERSION) {
    throw refused(`The backup in ${folder} was made by a newer Model Cabinet. Update the program first.`)
  }
  return manifest
}

export function refused(sentence: string, cause?: unknown): Problem {
  return new Problem('invalid', `${sentence} Nothing was changed.`, { field: 'Path', cause })
}
