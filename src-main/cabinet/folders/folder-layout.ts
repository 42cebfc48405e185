import { cardAmong, isOpenedByName } from '../../../src-contract/util/companion-names.ts'
import { extensionOf, stemOf } from '../../../src-contract/util/file-stem.ts'
import { placeOf } from '../../store/content-digest.ts'
import type { LentFile } from '../functions/model-files.ts'

const LONGEST_NAME = 100
/** Names that Windows keeps for devices, with any extension. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/** A name that a folder or file can have on every system. */
export function portableName(name: string, fallback = 'model'): string {
  const clean = name
    .toWellFormed()
    .normalize('NFC')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: file systems refuse them
    .replace(/[<>:"/\\|?*\u0000-\u001f\u007f]|\p{Cf}/gu, '_')
    .slice(0, LONGEST_NAME)
    .toWellFormed()
    .replace(/^[\s.]+|[\s.]+$/g, '')
  if (clean === '') return fallback
  return DEVICES.test(clean) ? `_${clean}` : clean
}

/** Gives each name once, also where case does not count: a second `a.txt` is `a (2).txt`. */
export function createNames(): (name: string) => string {
  const taken = new Set<string>()
  return (name) => {
    let free = name
    for (let number = 2; taken.has(free.toLowerCase()); number++)
      free = `${stemOf(name)} (${number})${extensionOf(name)}`
    taken.add(free.toLowerCase())
    return free
  }
}

/** Where each file of a model goes in its folder; `card` is the model card, which is written anew. */
export type Layout = { files: { path: string; file: LentFile }[]; card: LentFile | undefined }

/**
 * The model as `<name>.onnx`, or as it was called where a companion opens it by that name, its data where it names it, and its companions. The name `README.md` is left for the card.
 * @param name of the folder
 */
export function layOut(name: string, files: readonly LentFile[]): Layout {
  const free = createNames()
  const of = (role: LentFile['role']) => files.filter((file) => file.role === role)
  const external = of('external').flatMap((file) =>
    file.location === null ? [] : [{ path: free(placeOf(file.location)), file }],
  )
  free('README.md')
  const keepsName = of('companion').some((file) => isOpenedByName(file.name))
  const models = of('model').map((file) => ({ path: free(keepsName ? portableName(file.name) : `${name}.onnx`), file }))
  const card = cardAmong(of('companion'))
  const companions = of('companion')
    .filter((file) => file !== card)
    .map((file) => ({ path: free(portableName(file.name)), file }))
  return { files: [...models, ...external, ...companions], card }
}
