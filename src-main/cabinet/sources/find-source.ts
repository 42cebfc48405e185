import { dirname, join, relative, sep } from 'node:path'
import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { type FolderNames, isThere } from '../../files/folder-names.ts'
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
  ['git', '.git'],
  ['genai', 'genai_config.json'],
  ['ultralytics', 'args.yaml'],
  ['optimum', 'ort_config.json'],
  ['config', 'config.json'],
]

const GIT_CONFIG = join('.git', 'config')
/** Where the Hub's client notes what it fetched into a folder. */
const HUB_NOTES = join('.cache', 'huggingface', 'download')

/** A model's own folder and those around it that may be marked: `snapshots/<revision>/onnx/fp16`. */
const FOLDERS = 4

/** For one import: each folder is looked at once. */
export function createSourceFinder(read: MarkReader, names: FolderNames): SourceFinder {
  const known = new Map<string, Promise<MarkedFolder>>()

  async function look(path: string): Promise<MarkedFolder> {
    const found = marks.map(async ([kind, name]) => {
      const mark = (await names.has(path, name))
        ? await read(join(path, kind === 'git' ? GIT_CONFIG : name), kind)
        : null
      return mark ? [[kind, mark] as const] : []
    })
    return {
      path,
      isDownloaded: (await names.has(path, '.cache')) && (await isThere(join(path, HUB_NOTES))),
      hasCard: await names.has(path, 'README.md'),
      marks: new Map((await Promise.all(found)).flat()),
    }
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
      const note = root && join(root, HUB_NOTES, `${relative(root, path)}.metadata`)
      const download = note !== undefined && (await isThere(note)) ? await read(note, 'download') : null
      return recognise({ path: path.split(sep).join('/'), folders, metadata: Metadata, download })
    },
  }
}
