import { stemOf } from '../util/file-stem.ts'
import { hubPlace } from './hub-place.ts'

/** Longest name of a function. */
const MAX_LENGTH = 200
/** How many folders a name has at most that others do not make necessary. */
const MOST_FOLDERS = 3

/** Files and folders that tools call so whatever is in them. */
const saysNothing = /^(model|onnx|weights|artifacts|checkpoints)$/i

/**
 * Names for models by their paths: the file's name without extension, and where several share it as many folders before it as tell them
 * apart (`resnet/run 7/final_v3_fixed`), or these alone where the file's name says nothing (`resnet` of `resnet/model.onnx`). What is in
 * the cache of Hugging Face is called after its repository.
 * @returns the names of each path, the shortest that tells it from all others first, then a few longer ones
 */
export function nameFiles(paths: readonly string[]): Map<string, string[]> {
  const names = new Map<string, string[]>()
  const taken = new Set<string>()
  let shared = candidatesOf(paths)
  for (let length = 0; shared.length > 0; length++) {
    const candidate = ({ candidates }: Candidates) => candidates[Math.min(length, candidates.length - 1)] ?? ''
    const counts = new Map<string, number>()
    for (const one of shared) counts.set(one.key(candidate(one)), (counts.get(one.key(candidate(one))) ?? 0) + 1)
    const settled = shared.filter((one) => {
      const key = one.key(candidate(one))
      return (counts.get(key) === 1 && !taken.has(key)) || length >= one.candidates.length - 1
    })
    for (const one of settled) {
      taken.add(one.key(candidate(one)))
      const from = Math.min(length, one.candidates.length - 1)
      names.set(one.path, one.candidates.slice(from, from + MOST_FOLDERS + 1))
    }
    const isSettled = new Set(settled)
    shared = shared.filter((one) => !isSettled.has(one))
  }
  return names
}

/** `key`: names that differ in case only look alike, except where the files of one folder do. */
type Candidates = { path: string; candidates: string[]; key: (name: string) => string }

function candidatesOf(paths: readonly string[]): Candidates[] {
  const lower = (name: string) => name.toLowerCase()
  const sameFolder = Map.groupBy(paths, (path) => lower(withoutExtension(path)))
  return paths.map((path) => {
    const siblings = sameFolder.get(lower(withoutExtension(path))) ?? []
    const isAlone = siblings.filter((one) => withoutExtension(one) === withoutExtension(path)).length === 1
    const stem = isAlone || /\.onnx$/i.test(path) ? undefined : path.split(/[\\/]/).at(-1)
    return {
      path,
      candidates: candidatesFor(path, stem).map(shortened),
      key: siblings.length === 1 || !isAlone ? lower : (name) => name,
    }
  })
}

const withoutExtension = (path: string) => path.replace(/\.\w+$/, '')

/** What a file may be called, from the shortest name on; `stem` where it is to be another than the file's. */
function candidatesFor(path: string, stem?: string): string[] {
  const place = hubPlace(path.replaceAll('\\', '/'))
  const segments = (place?.inside ?? path).split(/[\\/]/).filter((segment) => segment !== '')
  const last = segments.pop() ?? path
  const name = stem ?? stemOf(last)
  const own = saysNothing.test(name) ? [] : [name]
  if (place) {
    const { repository, revision } = place
    const short = repository.split('/').at(-1) ?? repository
    const long = [...segments, name]
    const forms = [
      [short, ...own],
      [short, ...long],
      [repository, ...own],
      [repository, ...long],
    ]
    const names = [...forms, [`${repository}@${revision.slice(0, 7)}`, ...long]].map((parts) => parts.join('/'))
    return [...new Set(names)]
  }
  const telling = segments.filter((segment) => !saysNothing.test(segment))
  const ends = (folders: string[], end: string[]) =>
    folders.map((_, at) => [...folders.slice(folders.length - 1 - at), ...end].join('/'))
  const folders = own.length === 0 ? ends(telling, []).filter((one) => !/^\d+$/.test(one)) : ends(telling, own)
  return [...new Set([name, ...folders, ...ends(segments, [name])])]
}

/** Of a name that is too long its end is kept, where names differ. */
function shortened(name: string): string {
  const clean =
    name
      .toWellFormed()
      .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
      .trim() || 'model'
  return clean.length > MAX_LENGTH ? `…${clean.slice(1 - MAX_LENGTH)}` : clean
}
