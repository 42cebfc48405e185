import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Random } from '../../../bench/data/random.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { modelsInArchive } from '../../../src-main/files/archive/models-in-archive.ts'
import { openArchive } from '../../../src-main/files/archive/open-archive.ts'
import { UnreadableModel } from '../../../src-main/onnx/decode/unreadable-model.ts'
import { inspect } from '../../../src-main/onnx/report/inspect.ts'
import { memorySource } from '../../../src-main/onnx/wire/byte-source.ts'
import type { FuzzKind } from '../kind.ts'
import { mutateBytes } from '../mutate/bytes.ts'
import { mutateTar } from '../mutate/tar.ts'
import { mutateZip } from '../mutate/zip.ts'
import { sampleArchives } from '../sample.ts'

/** The share of zips that expand to much more than they are, which take long where that is not seen at once. */
const BOMBS = 0.01

const limits = { name: 'The archive', mostFiles: 10_000, mostBytes: 50_000_000 }

export const archives: FuzzKind = {
  share: 0.045,
  isPure: true,
  async open(folder) {
    const directory = join(folder, 'unpacked')
    await mkdir(directory)
    const path = join(folder, 'archive')
    const mutated = await archiveMutator()
    return {
      async attempt(random) {
        await writeFile(path, mutated(random))
        const outcome = await read(path, directory)
        const left = await readdir(directory)
        if (left.length > 0) throw new Error(`${left.join(', ')} was left behind.`)
        return [outcome]
      },
      async close() {},
    }
  },
}

/** Damaged zips, tars and compressed tars: before the compression, in it, or both. */
export async function archiveMutator(): Promise<(random: Random) => Uint8Array> {
  const { zips, tars, bomb } = await sampleArchives()
  return (random) => {
    const form = random.below(10)
    if (form < 5) return mutateZip(random.chance(BOMBS) ? bomb : random.pick(zips), random)
    const tar = random.pick(tars)
    if (form < 8) return mutateTar(tar, random)
    const packed = gzipSync(form === 8 ? mutateTar(tar, random) : tar, { level: 1 })
    return form === 8 ? packed : mutateBytes(packed, packed, random)
  }
}

async function read(path: string, directory: string): Promise<string> {
  try {
    const archive = await openArchive(path, { ...limits, directory })
    try {
      const contents = new Map<string, Uint8Array>()
      for (const file of archive.files.values()) {
        await file.storedAt()
        contents.set(file.path, Buffer.concat(await Array.fromAsync(file.bytes())))
      }
      for (const { file } of modelsInArchive(archive)) {
        inspect(memorySource(contents.get(file.path) ?? new Uint8Array()))
      }
      return 'read'
    } finally {
      archive.close()
    }
  } catch (error) {
    if (error instanceof Problem && ['invalid', 'too-large'].includes(error.code)) return error.code
    if (error instanceof UnreadableModel) return 'unreadable model'
    throw error
  }
}
