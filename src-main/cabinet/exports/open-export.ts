import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import type { JobFailure } from '../../../src-contract/contract/admin/job.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { ArchivedFile } from '../../files/archive/archive.ts'
import { openZip } from '../../files/archive/zip.ts'
import type { FileStore } from '../../files/file-store.ts'
import { linesOf } from '../../files/lines.ts'
import { ChildFailure } from '../../processes/pool/child-failure.ts'
import type { Pool } from '../../processes/pool/pool.ts'
import { checkExportTask, type exportLists } from '../../reader/tasks/export-tasks.ts'
import { type ExportManifest, MOST_EXPORTED_FILES, MOST_LINE_BYTES } from '../../reader/tasks/exported.ts'

/** Milliseconds that reading the lists of an export may take: those of a million models take a quarter of it. */
const DEADLINE = 20 * 60_000

export type OpenExportParts = { files: FileStore; readers: Pool }

/** An export whose lists the reader process has checked line by line. */
export type OpenExport = {
  manifest: ExportManifest
  /** Lines that were left out, the first of them by name. */
  refused: readonly JobFailure[]
  refusedCount: number
  lines<Schema extends z.ZodType>(list: (typeof exportLists)[number], schema: Schema): AsyncGenerator<z.output<Schema>>
  /** A kept file; undefined where it is not in the archive. */
  file(sha256: string): ArchivedFile | undefined
  close(): Promise<void>
}

/**
 * Opens a zip archive as an export.
 * @throws Problem `invalid` where it is damaged, cut off, hostile or from a newer program; undefined where it is no export but another archive.
 */
export async function openExport(
  path: string,
  { files, readers }: OpenExportParts,
  signal: AbortSignal,
): Promise<OpenExport | undefined> {
  const directory = join(files.incoming, randomUUID())
  await mkdir(directory, { mode: 0o700 })
  const remove = () => rm(directory, { recursive: true, force: true })
  try {
    const checked = await check(path, directory, readers, signal)
    if (!checked) {
      await remove()
      return undefined
    }
    const archive = await openZip(path, { name: 'The archive', mostFiles: MOST_EXPORTED_FILES })
    return {
      ...checked,
      async *lines(list, schema) {
        const source = createReadStream(join(directory, `${list}.jsonl`))
        for await (const line of linesOf(source, MOST_LINE_BYTES)) {
          if (line) yield schema.parse(JSON.parse(line.toString('utf8')))
        }
      },
      file: (sha256) => archive.files.get(`files/${sha256}`),
      close() {
        archive.close()
        return remove()
      },
    }
  } catch (error) {
    await remove()
    throw error
  }
}

async function check(path: string, directory: string, readers: Pool, signal: AbortSignal) {
  try {
    return await readers.run(
      checkExportTask,
      { path, directory },
      { deadline: DEADLINE, signal, priority: 'background' },
    )
  } catch (error) {
    if (!(error instanceof ChildFailure)) throw error
    throw new Problem(
      'invalid',
      'The export cannot be read: it needs more time or memory than any that a cabinet writes.',
      {
        cause: error,
      },
    )
  }
}
