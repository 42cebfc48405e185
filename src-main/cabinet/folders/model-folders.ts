import { readFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { WholeFunction } from '../../../src-contract/contract/functions/function.ts'
import { writeZip, type ZipEntry } from '../../files/write-zip.ts'
import type { Pool } from '../../processes/pool/pool.ts'
import { writeCardTask } from '../../reader/tasks/card-tasks.ts'
import type { LentFiles, ModelFiles } from '../functions/model-files.ts'
import { now } from '../kernel/change-log.ts'
import type { Context } from '../kernel/context.ts'
import { createNames, layOut, portableName } from './folder-layout.ts'
import { csvIndex, type Exported, htmlIndex } from './index-page.ts'

type Parts = {
  modelFiles: Pick<ModelFiles, 'lend'>
  readers: Pool
  functions: { get(uuid: string): { body: WholeFunction } }
}
export type Zip = { fileName: string; stream: Readable }

/** Milliseconds for a card; real ones take some 100. */
const DEADLINE = 30_000

/** Models as folders that run without the cabinet: the model, its data in place, its card and companions. */
export function createModelFolders({ modelFiles, readers, functions }: Parts) {
  /** The files of a model's folder. @throws Problem `unavailable` where one changes meanwhile */
  async function* entriesOf(item: WholeFunction, folder: string, lent: LentFiles): AsyncGenerator<ZipEntry> {
    const { files, card } = layOut(folder, lent.files)
    yield { path: `${folder}/README.md`, bytes: await cardOf(item, card?.path) }
    for (const { path, file } of files) yield { path: `${folder}/${path}`, file: file.path, size: file.size }
    if (await lent.isUnchanged()) return
    throw new Problem('unavailable', `“${item.Name}” was changed while it was being sent.`, { uuid: item.UUID })
  }

  async function cardOf(item: WholeFunction, original: string | undefined): Promise<Uint8Array> {
    const { Name, Documentation, Licence, Tags, Source } = item
    // The name of a folder of this machine means nothing elsewhere.
    const isFolder = Source.Kind === 'folder'
    const source = isFolder ? {} : { name: Source.Name, url: Source.Url, revision: Source.Revision }
    const said = Object.entries(source).flatMap(([key, value]) => (value === null ? [] : [[key, value]]))
    const card = { Name, Documentation, Licence, Tags, SourceTask: Source.Task, SourceBaseModel: Source.BaseModel }
    const argument = { original: original ?? null, card: { ...card, Source: Object.fromEntries(said) } }
    try {
      return Buffer.from(await readers.run(writeCardTask, argument, { deadline: DEADLINE }))
    } catch (error) {
      // A card that takes for ever is given as it came.
      if (original === undefined) throw error
      return readFile(original)
    }
  }

  async function* manyEntries(uuids: readonly string[]): AsyncGenerator<ZipEntry> {
    const free = createNames()
    const exported: Exported[] = []
    for (const uuid of uuids) {
      const item = found(uuid)
      if (!item) continue
      const lent = await modelFiles.lend(uuid).catch((error: unknown) => {
        if (error instanceof Problem) return error
        throw error
      })
      const problem = lent instanceof Problem ? lent.message : null
      const folder = lent instanceof Problem ? null : free(portableName(item.Name))
      exported.push({ item, folder, problem })
      if (folder !== null && !(lent instanceof Problem)) yield* entriesOf(item, folder, lent)
    }
    yield { path: 'index.csv', bytes: Buffer.from(csvIndex(exported)) }
    yield { path: 'index.html', bytes: Buffer.from(htmlIndex(exported)) }
  }

  /** Undefined where it went to the trash since it was chosen. */
  function found(uuid: string): WholeFunction | undefined {
    try {
      return functions.get(uuid).body
    } catch (error) {
      if (error instanceof Problem && error.code === 'not-found') return undefined
      throw error
    }
  }

  return {
    /** One model. @throws Problem `not-found`; `unavailable` where a file is missing, lost or was changed. */
    async one(uuid: string, context: Context): Promise<Zip> {
      const item = functions.get(uuid).body
      const lent = await modelFiles.lend(uuid, context)
      const folder = portableName(item.Name)
      return { fileName: `${folder}.zip`, stream: writeZip(entriesOf(item, folder, lent)) }
    },
    /** Several, with an index; what cannot be given is named there. */
    many: (uuids: readonly string[]): Zip => ({
      fileName: `models-${now().slice(0, 10)}.zip`,
      stream: writeZip(manyEntries(uuids)),
    }),
  }
}

export type ModelFolders = ReturnType<typeof createModelFolders>
