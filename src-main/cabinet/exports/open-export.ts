import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import yauzl from 'yauzl'
import type { z } from 'zod'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { readZipEntry } from '../../files/read-zip-entry.ts'
import { EXPORT_VERSION, ExportManifest } from './exported.ts'

/** Most bytes that the manifest may have, and most entries that an archive may have. */
const MAX_MANIFEST = 256 * 1024 * 1024
const MAX_ENTRIES = 10_000_000

/** An export that is read; nothing in it is believed before it was checked. */
export type OpenExport = {
  manifest: ExportManifest
  /** The objects of a file with one a line. @throws Problem `invalid` naming the line that is wrong. */
  lines<Schema extends z.ZodType>(name: string, schema: Schema): AsyncGenerator<z.output<Schema>>
  /** The bytes of a kept file; undefined where they are not in the archive. */
  file(sha256: string): Promise<{ stream: Readable; size: number } | undefined>
  close(): void
}

/**
 * Opens a zip archive as an export.
 * @throws Problem `invalid` where it is damaged, cut off or from a newer program; undefined where it is no export but another archive.
 */
export async function openExport(path: string): Promise<OpenExport | undefined> {
  const archive = await yauzl
    .openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: true })
    .catch((cause: unknown) => {
      const detail = cause instanceof Error ? cause.message : String(cause)
      throw new Problem('invalid', `The zip archive is damaged or incomplete (${detail}).`, { cause })
    })
  try {
    const entries = await entriesOf(archive)
    const manifest = await readManifest(archive, entries.get('manifest.json'))
    if (!manifest) {
      archive.close()
      return undefined
    }
    if (manifest.Version > EXPORT_VERSION) {
      throw new Problem('invalid', 'The export was made by a newer Model Cabinet. Update the program first.')
    }
    return {
      manifest,
      async *lines(name, schema) {
        const entry = entries.get(name)
        if (!entry) throw new Problem('invalid', `The export is not complete: ${name} is missing.`)
        const lines = createInterface({
          input: await readZipEntry(archive, entry),
          crlfDelay: Number.POSITIVE_INFINITY,
        })
        let number = 0
        for await (const line of lines) {
          number++
          yield parseLine(line, schema, `line ${number} of ${name}`)
        }
      },
      async file(sha256) {
        const entry = entries.get(`files/${sha256}`)
        return entry && { stream: await readZipEntry(archive, entry), size: entry.uncompressedSize }
      },
      close: () => archive.close(),
    }
  } catch (error) {
    archive.close()
    throw error
  }
}

async function entriesOf(archive: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> {
  if (archive.entryCount > MAX_ENTRIES) throw new Problem('invalid', 'The archive contains too many files.')
  const entries = new Map<string, yauzl.Entry>()
  for await (const entry of archive.eachEntry()) entries.set(entry.fileName, entry)
  return entries
}

async function readManifest(
  archive: yauzl.ZipFile,
  entry: yauzl.Entry | undefined,
): Promise<ExportManifest | undefined> {
  if (!entry || entry.uncompressedSize > MAX_MANIFEST) return undefined
  const chunks: Buffer[] = []
  for await (const chunk of await readZipEntry(archive, entry)) chunks.push(chunk)
  try {
    return ExportManifest.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')))
  } catch {
    // Somebody else's manifest.
    return undefined
  }
}

function parseLine<Schema extends z.ZodType>(line: string, schema: Schema, where: string): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(line))
  } catch (cause) {
    throw new Problem('invalid', `The export is damaged: ${where} is invalid.`, { cause })
  }
}
