import type { FunctionUpdate } from '../../../src-contract/contract/functions/function.ts'
import type { SourceKind } from '../../../src-contract/contract/functions/source.ts'
import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { hubPlace } from '../../../src-contract/words/hub-place.ts'
import type { Mark, MarkKind } from '../../reader/tasks/source-tasks.ts'

/** Where a model comes from, as its function keeps it. */
export type SourceFacts = Pick<
  FunctionUpdate,
  | 'SourceName'
  | 'SourceUrl'
  | 'SourceKind'
  | 'SourceRevision'
  | 'SourceRole'
  | 'SourceTask'
  | 'SourceBaseModel'
  | 'Licence'
>

/** A folder with what its marks say. */
export type MarkedFolder = {
  path: string
  marks: ReadonlyMap<MarkKind, Mark>
  hasCard: boolean
  /** Whether the Hub's client fetched what is in it. */
  isDownloaded: boolean
}

/** All that is known of where a model is: `folders` are its own and those around it, the innermost first. */
export type Place = {
  /** With slashes, on Windows too. */
  path: string
  folders: readonly MarkedFolder[]
  metadata: Inspection['Metadata']
  /** What the Hub's client noted of the file. */
  download: Mark | null
}

type Recogniser = { kind: SourceKind; recognise(place: Place): SourceFacts | undefined }

const hub = 'https://huggingface.co'
const baseName = (path: string) => path.split(/[\\/]/).findLast((part) => part !== '') ?? path

/** The innermost of a model's own folder and `reach` around it that has a mark. */
function marked({ folders }: Place, kind: MarkKind, reach: number): (MarkedFolder & { mark: Mark }) | undefined {
  for (const folder of folders.slice(0, reach + 1)) {
    const mark = folder.marks.get(kind)
    if (mark) return { ...folder, mark }
  }
  return undefined
}

const said = ({ Task, BaseModel, Revision }: Mark) => ({
  SourceTask: Task,
  SourceBaseModel: BaseModel,
  SourceRevision: Revision,
})

/** The surest first. Each adds what those before it do not know; the first one's kind is the source's. */
const recognisers: readonly Recogniser[] = [
  {
    kind: 'hugging-face',
    recognise({ path }) {
      const place = hubPlace(path)
      if (!place) return undefined
      const { repository, revision } = place
      return { SourceName: repository, SourceUrl: `${hub}/${repository}`, SourceRevision: revision }
    },
  },
  {
    kind: 'mlflow',
    recognise(place) {
      const found = marked(place, 'mlflow', 1)
      return found && { SourceName: found.mark.Name ?? baseName(found.path), ...said(found.mark) }
    },
  },
  {
    kind: 'hugging-face',
    recognise(place) {
      const { Repository = null, Revision = null } = marked(place, 'git', 3)?.mark ?? {}
      if (Repository === null) return undefined
      return { SourceName: Repository, SourceUrl: `${hub}/${Repository}`, SourceRevision: Revision }
    },
  },
  {
    kind: 'genai',
    recognise(place) {
      const found = marked(place, 'genai', 0)
      if (!found) return undefined
      const { [baseName(place.path)]: role } = found.mark.Roles
      return { SourceName: baseName(found.path), ...said(found.mark), SourceRole: role ?? null }
    },
  },
  {
    kind: 'ultralytics',
    recognise({ metadata }) {
      const value = (key: string) => metadata.find(({ Key }) => Key === key)?.Value
      if (value('author') !== 'Ultralytics') return undefined
      const [, name = null] = /^Ultralytics (\S+) model/.exec(value('description') ?? '') ?? []
      const [licence = null] = /^[A-Z]+-\d\S*/.exec(value('license') ?? '') ?? []
      return {
        SourceName: name,
        SourceUrl: /^https:\/\/\S+$/.exec(value('docs') ?? '')?.[0] ?? null,
        SourceRevision: value('version') ?? null,
        SourceTask: ultralyticsTasks[value('task') ?? ''] ?? null,
        Licence: licence,
      }
    },
  },
  {
    kind: 'ultralytics',
    recognise(place) {
      const found = marked(place, 'ultralytics', 1)
      return found && { SourceName: found.mark.Name ?? baseName(found.path), ...said(found.mark) }
    },
  },
  {
    kind: 'optimum',
    recognise(place) {
      const found = marked(place, 'optimum', 1)
      return found && { SourceName: baseName(found.path) }
    },
  },
  {
    kind: 'hugging-face',
    recognise(place) {
      const root = place.folders.find((folder) => folder.isDownloaded) ?? marked(place, 'config', 2)
      if (!root || !(root.isDownloaded || root.hasCard)) return undefined
      return { SourceName: baseName(root.path), SourceRevision: place.download?.Revision ?? null }
    },
  },
  {
    kind: 'optimum',
    recognise(place) {
      const found = isOptimums.test(baseName(place.path)) ? marked(place, 'config', 1) : undefined
      return found && { SourceName: baseName(found.path) }
    },
  },
  {
    kind: 'folder',
    recognise: ({ folders: [own] }) => own && { SourceName: baseName(own.path) },
  },
]

const ultralyticsTasks: Record<string, string> = {
  detect: 'object-detection',
  obb: 'object-detection',
  segment: 'image-segmentation',
  classify: 'image-classification',
  pose: 'keypoint-detection',
}

/** How Optimum calls what it exports. */
const isOptimums = /^(model|((text|vision|audio)_)?(encoder|decoder|model)|decoder_with_past|embed_tokens)\w*\.onnx$/i

const roles: readonly (readonly [RegExp, string])[] = [
  [/^embed/i, 'embedding'],
  [/^vision/i, 'vision'],
  [/^(audio|speech)/i, 'audio'],
  [/^text/i, 'text'],
  [/^decoder/i, 'decoder'],
  [/^encoder/i, 'encoder'],
]

/** Where a model comes from, as far as its place and itself say so. */
export function recognise(place: Place): SourceFacts {
  const facts: SourceFacts = {}
  const add = (found: SourceFacts) => {
    for (const key of factKeys) facts[key] ??= clean(found, key)
  }
  for (const { kind, recognise } of recognisers) {
    const found = recognise(place)
    if (!found) continue
    // A folder is called after itself only where nothing else is known of it.
    if (kind === 'folder' && facts.SourceKind) break
    facts.SourceKind ??= kind
    add(found)
  }
  if (facts.SourceKind === 'hugging-face' || facts.SourceKind === 'optimum') {
    const { Task = null, BaseModel = null } = marked(place, 'config', 3)?.mark ?? {}
    add({ SourceTask: Task, SourceBaseModel: BaseModel === facts.SourceName ? null : BaseModel })
    add({ SourceRole: roles.find(([pattern]) => pattern.test(baseName(place.path)))?.[1] ?? null })
  }
  return facts
}

const factKeys = [
  'SourceName',
  'SourceUrl',
  'SourceRevision',
  'SourceRole',
  'SourceTask',
  'SourceBaseModel',
  'Licence',
] as const

/** Names of folders may be anything. */
function clean(found: SourceFacts, key: (typeof factKeys)[number]): string | null {
  const text = found[key]
    ?.toWellFormed()
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, 200)
  return text || null
}
