import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import type { FunctionFile } from './repositories/download-repository.ts'

/** What a model is, by the bytes of all of its files. */
export type Content = {
  /** Of the model alone its own digest; with external files one over the digests and places of all. Null without a model. */
  sha256: string | null
  /** Whether every file that the model names is among them: else nobody knows whether two are the same. */
  complete: boolean
  /** Bytes of the model and its external files; a file that is named twice counts once. */
  size: number
}

/**
 * One digest over a model's file and every external file that it names. `w.bin` and `./w.bin` are one place.
 * @param named locations of external files as the model names them
 */
export function contentOf(
  files: readonly Pick<FunctionFile, 'role' | 'location' | 'sha256' | 'size'>[],
  named: readonly string[],
): Content {
  const model = files.find(({ role }) => role === 'model')
  if (!model) return { sha256: null, complete: true, size: 0 }
  const present = new Map<string, { sha256: string; size: number }>()
  for (const { role, location, sha256, size } of files) {
    if (role === 'external' && location !== null) present.set(placeOf(location), { sha256, size })
  }
  const places = [...new Set([...named.map(placeOf), ...present.keys()])].sort()
  const size = [...present.values()].reduce((sum, file) => sum + file.size, model.size)
  if (places.length === 0) return { sha256: model.sha256, complete: true, size }
  const parts = places.map((place) => [place, present.get(place)?.sha256 ?? null])
  return {
    sha256: createHash('sha256')
      .update(JSON.stringify([model.sha256, ...parts]))
      .digest('hex'),
    complete: places.every((place) => present.has(place)),
    size,
  }
}

/** The place of an external file next to its model, whichever way the model writes it. */
export const placeOf = (location: string) => posix.normalize(location.replaceAll('\\', '/'))
