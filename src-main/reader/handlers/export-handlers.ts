import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import type { JobFailure } from '../../../src-contract/contract/admin/job.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { parseBounded } from '../../../src-contract/util/bounded-json.ts'
import type { Archive, ArchivedFile } from '../../files/archive/archive.ts'
import { openZip } from '../../files/archive/zip.ts'
import { diskProblem } from '../../files/disk-problem.ts'
import { linesOf } from '../../files/lines.ts'
import { type Handler, implement } from '../../processes/pool/task.ts'
import { checkExportTask, exportLists } from '../tasks/export-tasks.ts'
import {
  EXPORT_VERSION,
  ExportedCatalogue,
  ExportedFunction,
  ExportedOrganisation,
  ExportManifest,
  MOST_EXPORTED_FILES,
  MOST_LINE_BYTES,
} from '../tasks/exported.ts'

/** A report of the largest model that is drawn has some 500,000 values. */
const MOST_VALUES = 2_000_000
const MOST_MANIFEST_BYTES = 64 * 1024 * 1024
/** Refused lines that are named; all are counted. */
const NAMED = 500

const schemas = { organisations: ExportedOrganisation, catalogues: ExportedCatalogue, functions: ExportedFunction }

type Refused = { named: JobFailure[]; count: number }

export const exportHandlers: Handler[] = [
  implement(checkExportTask, async ({ path, directory }) => {
    // A damaged archive is refused where it is read as a model's, with a sentence about it.
    const archive = await openZip(path, { name: 'The archive', mostFiles: MOST_EXPORTED_FILES }).catch(() => null)
    if (!archive) return null
    try {
      const manifest = await readManifest(archive.files.get('manifest.json'))
      if (!manifest) return null
      if (manifest.Version > EXPORT_VERSION) {
        throw new Problem('invalid', 'The export was made by a newer Model Cabinet. Update the program first.')
      }
      const refused: Refused = { named: [], count: 0 }
      for (const list of exportLists) await checkList(archive, list, directory, refused)
      return { manifest, refused: refused.named, refusedCount: refused.count }
    } catch (error) {
      throw diskProblem(error)
    } finally {
      archive.close()
    }
  }),
]

async function readManifest(file: ArchivedFile | undefined): Promise<ExportManifest | undefined> {
  if (!file || file.size > MOST_MANIFEST_BYTES) return undefined
  const bytes = Buffer.concat(await Array.fromAsync(file.bytes()))
  try {
    return ExportManifest.parse(parseBounded(bytes, MOST_VALUES))
  } catch {
    // The manifest of another program.
    return undefined
  }
}

async function checkList(
  archive: Archive,
  list: (typeof exportLists)[number],
  directory: string,
  refused: Refused,
): Promise<void> {
  const name = `${list}.jsonl`
  const file = archive.files.get(name)
  if (!file) throw new Problem('invalid', `The export is not complete: ${name} is missing.`)
  async function* checked(source: ArchivedFile): AsyncGenerator<string> {
    let number = 0
    for await (const line of linesOf(source.bytes(), MOST_LINE_BYTES)) {
      number++
      const found = checkLine(line, schemas[list])
      if ('value' in found) yield `${JSON.stringify(found.value)}\n`
      else {
        refused.count++
        const failure = {
          What: found.what ?? `Line ${number} of ${name}`,
          Message: `It was left out: ${found.reason}.`,
        }
        if (refused.named.length < NAMED) refused.named.push(failure)
      }
    }
  }
  const target = createWriteStream(join(directory, name), { flags: 'wx', mode: 0o600 })
  await pipeline(Readable.from(checked(file)), target)
}

type Checked = { value: unknown } | { reason: string; what?: string | undefined }

function checkLine(line: Buffer | null, schema: z.ZodType): Checked {
  if (line === null) return { reason: 'the line is longer than any that a cabinet writes' }
  let value: unknown
  try {
    value = parseBounded(line, MOST_VALUES)
    const { success, data, error } = schema.safeParse(value)
    if (success) return { value: data }
    const [issue] = error.issues
    return {
      reason: `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim().slice(0, 300),
      what: nameIn(value),
    }
  } catch (error) {
    return { reason: error instanceof Error ? error.message.slice(0, 300) : 'it cannot be read', what: nameIn(value) }
  }
}

const Named = z.object({ State: z.object({ Name: z.string() }) })

/** The name of a function of which something else is wrong. */
function nameIn(value: unknown): string | undefined {
  const { data } = Named.safeParse(value)
  return data && `“${data.State.Name.slice(0, 200)}”`
}
