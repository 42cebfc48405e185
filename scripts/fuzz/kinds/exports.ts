import { createReadStream } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Random } from '../../../bench/data/random.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { openZip } from '../../../src-main/files/archive/zip.ts'
import { linesOf } from '../../../src-main/files/lines.ts'
import { zipOf } from '../../../src-main/files/testing/zip-of.ts'
import { exportHandlers } from '../../../src-main/reader/handlers/export-handlers.ts'
import { checkExportTask, exportLists } from '../../../src-main/reader/tasks/export-tasks.ts'
import {
  ExportedCatalogue,
  ExportedFunction,
  ExportedOrganisation,
  MOST_LINE_BYTES,
} from '../../../src-main/reader/tasks/exported.ts'
import type { FuzzKind } from '../kind.ts'
import { mutateBytes } from '../mutate/bytes.ts'
import { mutateJson } from '../mutate/json.ts'
import { mutateZip } from '../mutate/zip.ts'
import { sampleCabinet } from '../sample.ts'

const schemas = { organisations: ExportedOrganisation, catalogues: ExportedCatalogue, functions: ExportedFunction }

export const exports: FuzzKind = {
  share: 0.01,
  isPure: true,
  async open(folder) {
    const mutated = await exportMutator()
    const path = join(folder, 'export')
    const directory = join(folder, 'lists')
    return {
      async attempt(random) {
        await writeFile(path, await mutated(random))
        await mkdir(directory)
        const outcome = await read(path, directory)
        await rm(directory, { recursive: true })
        return [outcome]
      },
      async close() {},
    }
  },
}

/** Damaged exports: the archive around them, or a line of theirs, by its values or its bytes. */
export async function exportMutator(): Promise<(random: Random) => Promise<Uint8Array>> {
  const { archive } = await sampleCabinet()
  const opened = await openZip(archive, { name: 'The export', mostFiles: 1000 })
  const files: Record<string, Buffer> = {}
  for (const file of opened.files.values()) files[file.path] = Buffer.concat(await Array.fromAsync(file.bytes()))
  opened.close()
  const lists = Object.keys(files).filter((name) => /\.jsonl?$/.test(name))
  return async (random) => {
    if (random.chance(0.3)) return mutateZip(archive, random)
    const name = random.pick(lists)
    const list = files[name] ?? Buffer.alloc(0)
    return zipOf({ ...files, [name]: mutatedList(list, name.endsWith('l') ? '\n' : '', random) }, { compress: false })
  }
}

/** @param end what stands between two objects; nothing where there is one only */
function mutatedList(list: Buffer, end: string, random: Random): Uint8Array {
  if (random.chance(0.2)) return mutateBytes(list, list, random)
  const text = list.toString('utf8')
  const lines = end === '' ? [text] : text.split(end).filter(Boolean)
  const at = random.below(lines.length)
  let line = lines[at] ?? '{}'
  for (let count = 0; count <= random.below(3); count++) line = mutateJson(line, random)
  return Buffer.from(lines.toSpliced(at, 1, line).join(end))
}

/** What the reader process does with an export, and that what it let through is what the cabinet expects. */
async function read(path: string, directory: string): Promise<string> {
  const handler = exportHandlers.find(({ name }) => name === checkExportTask.name)
  if (!handler) throw new Error('Nothing reads exports.')
  try {
    const found = checkExportTask.result.parse(
      await handler.handle({ path, directory }, { report: () => {}, retire: () => {} }),
    )
    if (!found) return 'no export'
    for (const list of exportLists) {
      for await (const line of linesOf(createReadStream(join(directory, `${list}.jsonl`)), MOST_LINE_BYTES)) {
        schemas[list].parse(JSON.parse(line?.toString('utf8') ?? ''))
      }
    }
    return found.refusedCount > 0 ? 'lines refused' : 'read'
  } catch (error) {
    if (error instanceof Problem && ['invalid', 'too-large'].includes(error.code)) return error.code
    throw error
  }
}
