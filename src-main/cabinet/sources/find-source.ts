import { stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import type { Pool } from '../../processes/pool/pool.ts'
import { type Mark, type MarkKind, readMarkTask } from '../../reader/tasks/source-tasks.ts'
import { type MarkedFolder, recognise, type SourceFacts } from './recognisers.ts'

/** Recognises where models come from, by their paths, the files around them and what they say of themselves. */
export type SourceFinder = {
  of(path: string, inspection: Inspection): Promise<SourceFacts>
}

/** Reads the file by which a tool marks a folder; null where it is not what its name says, or takes too long. */
export type MarkReader = (path: string, kind: MarkKind) => Promise<Mark | null>

/** Milliseconds; real ones take one or two. */
const DEADLINE = 5_000

export function createMarkReader(pool: Pool): MarkReader {
  return async (path, kind) => {
    const options = { deadline: DEADLINE, priority: 'background' as const }
    return pool.run(readMarkTask, { path, kind }, options).catch(() => null)
  }
}

const marks: readonly (readonly [MarkKind, string])[] = [
  ['mlflow', 'MLmodel'],
  ['git', join('.git', 'config')],
  ['genai', 'genai_config.json'],
  ['ultralytics', 'args.yaml'],
  ['optimum', 'ort_config.json'],
  ['config', 'config.json'],
]

/** A model's own folder and those around it that may be marked: `snapshots/<revision>/onnx/fp16`. */
const FOLDERS = 4

/** For one import: each folder is looked at once. */
export function createSourceFinder(read: MarkReader): SourceFinder {
  const known = new Map<string, Promise<MarkedFolder>>()

  async function look(path: string): Promise<MarkedFolder> {
    const found = marks.map(async ([kind, name]) => {
      const mark = (await isThere(join(path, name))) ? await read(join(path, name), kind) : null
      return mark ? [[kind, mark] as const] : []
    })
    const isDownloaded = await isThere(join(path, '.cache', 'huggingface', 'download'))
    const hasCard = await isThere(join(path, 'README.md'))
    return { path, isDownloaded, hasCard, marks: new Map((await Promise.all(found)).flat()) }
  }

  function lookOnce(path: string): Promise<MarkedFolder> {
    const looked = known.get(path) ?? look(path)
    known.set(path, looked)
    return looked
  }

  return {
    async of(path, { Metadata }) {
      const paths = [dirname(path)]
      for (let up = dirname(paths[0] ?? ''); paths.length < FOLDERS && up !== paths.at(-1); up = dirname(up))
        paths.push(up)
      const folders = await Promise.all(paths.map((one) => lookOnce(one)))
      const root = folders.find(({ isDownloaded }) => isDownloaded)?.path
      const note = root && join(root, '.cache', 'huggingface', 'download', `${relative(root, path)}.metadata`)
      const download = note !== undefined && (await isThere(note)) ? await read(note, 'download') : null
      return recognise({ path: path.split(sep).join('/'), folders, metadata: Metadata, download })
    },
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
