import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { Mark, type MarkKind } from '../tasks/source-tasks.ts'
import { taskOf } from './task-names.ts'

/** Bytes. A config with the labels of 20,000 classes has some 600 kB, and YAML takes far longer to read than JSON. */
const LARGEST = { json: 2_000_000, yaml: 200_000, text: 20_000 }

type Said = z.input<typeof Mark>

/** What a mark says; null where it is too large, damaged, or belongs to something else. */
export function readMark(path: string, kind: MarkKind): Mark | null {
  try {
    const said = readers[kind](path)
    return said && Mark.parse(said)
  } catch {
    // Whatever is wrong with it, the model can be used without.
    return null
  }
}

const readers: Record<MarkKind, (path: string) => Said | null> = {
  mlflow: (path) => {
    const { artifact_path, model_uuid, model_id, run_id, flavors } = Mlflow.parse(readYaml(path))
    if (!('onnx' in flavors)) return null
    const registered = Registered.safeParse(readYamlIfThere(join(dirname(path), 'registered_model_meta'))).data
    // What a run logged lies in a folder of its own, whose description is next to it.
    const logged = Logged.safeParse(readYamlIfThere(join(dirname(path), '..', 'meta.yaml'))).data
    const artifact = artifact_path?.split('/').findLast((part) => part !== '' && part !== 'artifacts')
    return {
      Name: registered?.model_name ?? logged?.name ?? artifact ?? null,
      Revision: registered?.model_version ?? run_id ?? model_id ?? model_uuid ?? null,
    }
  },
  git: (path) => {
    const repository = hubRemote.exec(readText(path, LARGEST.text))?.[1]
    return repository === undefined ? null : { Repository: repository, Revision: commitOf(dirname(path)) }
  },
  genai: (path) => {
    const { model } = GenAi.parse(readJson(path))
    const roles = Object.entries(model).flatMap(([role, part]) => {
      const { filename, pipeline = [] } = Part.safeParse(part).data ?? {}
      const stages = pipeline.flatMap((stage) => Object.entries(stage).map(([name, one]) => [one.filename, name]))
      return [...stages, ...(filename === undefined ? [] : [[filename, role]])]
    })
    return { Task: 'text-generation', Roles: Object.fromEntries(roles) }
  },
  ultralytics: (path) => {
    const { task, model, name } = Ultralytics.parse(readYaml(path))
    return { Name: name ?? null, Task: taskOf(task), BaseModel: model }
  },
  optimum: (path) => {
    Optimum.parse(readJson(path))
    return {}
  },
  config: (path) => {
    const { architectures = [], _name_or_path = '' } = Config.parse(readJson(path))
    return {
      Task: taskOf(architectures[0] ?? ''),
      // A folder of whoever exported it means nothing to others.
      BaseModel: /^[\w.-]+\/[\w.-]+$/.test(_name_or_path) && !_name_or_path.startsWith('.') ? _name_or_path : null,
    }
  },
  download: (path) => {
    const commit = /^[0-9a-f]{40}$/m.exec(readText(path, LARGEST.text))?.[0]
    return { Revision: commit ?? null }
  },
}

const hubRemote =
  /^\s*url\s*=\s*(?:https:\/\/(?:[^@/\s]+@)?|(?:ssh:\/\/)?git@)(?:huggingface|hf)\.co[/:]([\w.-]+?(?:\/[\w.-]+?)?)(?:\.git)?\/?\s*$/m

const word = z.string()
const Mlflow = z.object({
  flavors: z.record(word, z.unknown()),
  artifact_path: word.nullish(),
  run_id: word.nullish(),
  model_id: word.nullish(),
  model_uuid: word.nullish(),
})
const Logged = z.object({ name: word, model_id: word })
const Registered = z.object({ model_name: word, model_version: z.coerce.string() })
const GenAi = z.object({ model: z.record(word, z.unknown()) })
const Stage = z.object({ filename: word })
const Part = z.object({ filename: word.optional(), pipeline: z.array(z.record(word, Stage)).optional() })
const Ultralytics = z.object({ task: word, mode: word, model: word, imgsz: z.unknown(), name: word.nullish() })
const Optimum = z.object({ optimum_version: word })
const Config = z
  .object({ architectures: z.array(word).optional(), _name_or_path: word.optional(), model_type: word.optional() })
  .refine(({ architectures, model_type }) => architectures !== undefined || model_type !== undefined)

/** The commit that a clone is at; null where its branch is packed. */
function commitOf(git: string): string | null {
  const head = readText(join(git, 'HEAD'), LARGEST.text).trim()
  const [, branch] = /^ref: (refs\/heads\/[\w.-]+)$/.exec(head) ?? []
  try {
    const commit = branch === undefined ? head : readText(join(git, branch), LARGEST.text).trim()
    return /^[0-9a-f]{40}$/.test(commit) ? commit : null
  } catch {
    return null
  }
}

const readJson = (path: string): unknown => JSON.parse(readText(path, LARGEST.json))
const readYaml = (path: string): unknown =>
  parse(readText(path, LARGEST.yaml), { maxAliasCount: 10, logLevel: 'silent', uniqueKeys: false })

function readYamlIfThere(path: string): unknown {
  try {
    return readYaml(path)
  } catch {
    return null
  }
}

/** @throws where it is no regular file, too large or not UTF-8 */
function readText(path: string, limit: number): string {
  // Without O_NONBLOCK, opening a pipe that no process writes to would wait for ever.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const status = fstatSync(file)
    if (!status.isFile() || status.size > limit) throw new Error('It is not a small file.')
    const bytes = Buffer.alloc(status.size)
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, readSync(file, bytes)))
  } finally {
    closeSync(file)
  }
}
