import { extensionOf } from './file-stem.ts'

/** A file that may be a companion; `path` is wherever it lies. */
export type Neighbour = { name: string; path: string; size: number }

/** A folder around a model: how many models are in it, and its other files. */
export type Neighbourhood<File extends Neighbour = Neighbour> = { models: number; files: readonly File[] }

/** More models than this in one folder are a collection, and what lies there is not of one of them. */
const MOST_MODELS = 16
const MOST_FILES = 40
const LARGEST_FILE = 64 * 1024 * 1024
const MOST_BYTES = 128 * 1024 * 1024

const ofAnyModel = [
  // The card and the terms
  /^(readme|model[-_ ]?card)(\.(md|markdown|txt|rst))?$/,
  /^(licen[cs]e|copying|notice|use_policy)([-_.].*)?$/,
  // Tokenizers
  /^tokenizer.*\.(json|model)$/,
  /^(vocab|merges|added_tokens|special_tokens_map|normalizer|chat_template)\.(txt|json|jinja)$/,
  /^(spiece|sentencepiece.*)\.model$/,
  // Configuration and preprocessing
  /^(.+_)?config\.(json|ya?ml)$/,
  /^(metadata|args|data|model_index|modules|input_example|preprocessor)\.(json|ya?ml)$/,
  /^(mlmodel|conda\.yaml|python_env\.yaml|requirements\.txt)$/,
  // Labels
  /^(.*[-_])?(labels?|classes|class_names|synset|id2label)([-_].*)?\.(txt|json|csv|ya?ml)$/,
  /^.+\.names$/,
]
const ofThisModel = /\.(json|ya?ml|txt|md|names|labels|csv)$/

/** Whether a file is kept with the models around it, by its name. */
export const isCompanionName = (name: string): boolean => ofAnyModel.some((one) => one.test(name.toLowerCase()))

/** Whether a file is a model's by its own name: `net.json`, `net.onnx.json`, `net_labels.txt` of `net.onnx`. */
export function isNamedAfter(name: string, model: string): boolean {
  const stem = model.replace(/\.onnx$/i, '').toLowerCase()
  const lower = name.toLowerCase()
  return lower.startsWith(stem) && /^[-_.]/.test(lower.slice(stem.length)) && ofThisModel.test(lower)
}

/** Whether a companion says by which name the model's file is opened, so that it must keep that name. */
export const isOpenedByName = (companion: string): boolean => /^(genai_config\.json|mlmodel)$/i.test(companion)

/** Whether a companion is a model card, by its name. */
export const isCardName = (name: string): boolean => /^(readme|model[-_ ]?card)\.(md|markdown)$/i.test(name)

/** The model card among files: the README, where there are several. */
export function cardAmong<File extends { name: string }>(files: readonly File[]): File | undefined {
  const cards = files.filter(({ name }) => isCardName(name))
  return cards.find(({ name }) => /^readme/i.test(name)) ?? cards[0]
}

/** Whether a file may be a companion of some model, by its name. */
export const mayBeCompanion = (name: string): boolean => ofThisModel.test(name.toLowerCase()) || isCompanionName(name)

/** Whether a model's folder is the usual one in a repository whose own folder has the card and the tokenizer. */
export const isInRepository = (folder: string): boolean => /^onnx$/i.test(folder)

/**
 * Which files around a model are kept with it, by name: those named after it, and in a folder with few models those with a known name. Of one
 * name the first is taken.
 * @param model the name of its file
 * @param isPart whether a file is a part of the model, as external data is
 */
export function companionsAmong<File extends Neighbour>(
  model: string,
  folders: readonly Neighbourhood<File>[],
  isPart: (file: File) => boolean = () => false,
): File[] {
  const found = new Map<string, File>()
  for (const { models, files } of folders) {
    for (const file of files) {
      const isKnown = models <= MOST_MODELS && isCompanionName(file.name)
      if (file.size > LARGEST_FILE || found.has(file.name) || isPart(file)) continue
      if (isKnown || isNamedAfter(file.name, model)) found.set(file.name, file)
    }
  }
  let bytes = 0
  return [...found.values()]
    .sort((a, b) => a.size - b.size)
    .slice(0, MOST_FILES)
    .filter(({ size }) => {
      bytes += size
      return bytes <= MOST_BYTES
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

const types: Record<string, string> = {
  md: 'text/markdown',
  markdown: 'text/markdown',
  json: 'application/json',
  yaml: 'application/yaml',
  yml: 'application/yaml',
  csv: 'text/csv',
}

/** The MIME type of a companion; of what is text by its name, plain text. */
export function companionType(name: string): string {
  const extension = extensionOf(name).slice(1).toLowerCase()
  if (extension === 'model') return 'application/octet-stream'
  return types[extension] ?? 'text/plain'
}
