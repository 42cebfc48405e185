import type { z } from 'zod'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { ArchivedFile } from '../../files/archive/archive.ts'
import { openZip } from '../../files/archive/zip.ts'
import { EXPORT_VERSION, ExportManifest } from './exported.ts'

const MOST_MANIFEST_BYTES = 256 * 1024 * 1024
const MOST_FILES = 10_000_000

/** An export that is read; nothing in it is believed before it was checked. */
export type OpenExport = {
  manifest: ExportManifest
  /** The objects of a file with one a line. @throws Problem `invalid` naming the line that is wrong. */
  lines<Schema extends z.ZodType>(name: string, schema: Schema): AsyncGenerator<z.output<Schema>>
  /** A kept file; undefined where it is not in the archive. */
  file(sha256: string): ArchivedFile | undefined
  close(): void
}

/**
 * Opens a zip archive as an export.
 * @throws Problem `invalid` where it is damaged, cut off or from a newer program; undefined where it is no export but another archive.
 */
export async function openExport(path: string): Promise<OpenExport | undefined> {
  const { files, close } = await openZip(path, { name: 'The archive', mostFiles: MOST_FILES })
  try {
    const manifest = await readManifest(files.get('manifest.json'))
    if (!manifest) {
      close()
      return undefined
    }
    if (manifest.Version > EXPORT_VERSION) {
      throw new Problem('invalid', 'The export was made by a newer Model Cabinet. Update the program first.')
    }
    return {
      manifest,
      async *lines(name, schema) {
        const file = files.get(name)
        if (!file) throw new Problem('invalid', `The export is not complete: ${name} is missing.`)
        let number = 0
        for await (const line of linesOf(file)) {
          number++
          yield parseLine(line, schema, `line ${number} of ${name}`)
        }
      },
      file: (sha256) => files.get(`files/${sha256}`),
      close,
    }
  } catch (error) {
    close()
    throw error
  }
}

async function readManifest(file: ArchivedFile | undefined): Promise<ExportManifest | undefined> {
  if (!file || file.size > MOST_MANIFEST_BYTES) return undefined
  const text = Buffer.concat(await Array.fromAsync(file.bytes())).toString('utf8')
  try {
    return ExportManifest.parse(JSON.parse(text))
  } catch {
    // The manifest of another program.
    return undefined
  }
}

async function* linesOf(file: ArchivedFile): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let parts: string[] = []
  for await (const chunk of file.bytes()) {
    const [first = '', ...others] = decoder.decode(chunk, { stream: true }).split('\n')
    parts.push(first)
    for (const next of others) {
      yield parts.join('')
      parts = [next]
    }
  }
  const last = parts.join('')
  if (last !== '') yield last
}

function parseLine<Schema extends z.ZodType>(line: string, schema: Schema, where: string): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(line))
  } catch (cause) {
    throw new Problem('invalid', `The export is damaged: ${where} is invalid.`, { cause })
  }
}
