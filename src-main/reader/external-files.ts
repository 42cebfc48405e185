import { posix } from 'node:path'
import { z } from 'zod'
import { type ExternalFiles, missing, presentIfLongEnough, refusedLocation } from '../onnx/decode/external-data.ts'
import { fileSource } from '../onnx/wire/byte-source.ts'

/** Where the external files of a model lie. */
export const ExternalFileList = z.array(z.object({ location: z.string(), path: z.string() }))
export type ExternalFileList = z.infer<typeof ExternalFileList>

/** External files that lie under other names than the model gives them. */
export function placed(external: ExternalFileList): ExternalFiles {
  const paths = new Map(external.map(({ location, path }) => [posix.normalize(location), path]))
  const openNow = (location: string) => {
    const path = refusedLocation(location) === null ? paths.get(posix.normalize(location)) : undefined
    return path === undefined ? null : fileSource(path)
  }
  return {
    open: async (location) => openNow(location),
    find(location, bytes) {
      const refusal = refusedLocation(location)
      if (refusal !== null) return refusal
      const source = openNow(location)
      if (source === null) return missing(location)
      const { size } = source
      source.close()
      return presentIfLongEnough(location, size, bytes)
    },
  }
}
