import type { CardToWrite } from '../tasks/card-tasks.ts'
import { type CardParts, parseFrontMatter, readCardFile, UnreadableCard } from './front-matter.ts'
import { toHubName } from './licences.ts'
import { documentationOf, frontMatterValues } from './read-card.ts'

const NAME = 'README.md'

/** A model's card; what the original one says stays, in its own bytes, but for what is otherwise now. */
export function writeCard(original: string | null, card: CardToWrite): string {
  const parts = original === null ? null : readable(original)
  const before = parts?.yaml ?? ''
  const yaml = writtenFrontMatter(before, card)
  const isSameBody = parts !== null && documentationOf(parts.body) === card.Documentation
  if (isSameBody && yaml === before) return parts.text
  const body = isSameBody ? parts.body : `\n${card.Documentation || `# ${card.Name}`}\n`
  return yaml === '' ? body : `---\n${yaml}---\n${body}`
}

/** The original, where it can be changed without a loss. */
function readable(path: string): CardParts | null {
  try {
    const parts = readCardFile(path, NAME)
    if (parts.yaml !== null) frontMatterValues(parts.yaml, NAME)
    return parts
  } catch (error) {
    if (error instanceof UnreadableCard) return null
    throw error
  }
}

function writtenFrontMatter(original: string, card: CardToWrite): string {
  const document = parseFrontMatter(original, NAME)
  const before = frontMatterValues(original, NAME)
  let isChanged = false
  function put(key: string, value: unknown): void {
    isChanged = true
    if (value === null || value === undefined) document.delete(key)
    else document.set(key, value)
  }
  if (card.Licence !== before.Licence) {
    const name = card.Licence === null ? null : toHubName(card.Licence)
    put('license', name === undefined ? 'other' : name)
    put('license_name', name === undefined ? card.Licence : null)
  }
  if (card.Tags.join('\n') !== before.Tags.join('\n')) put('tags', card.Tags.length > 0 ? card.Tags : null)
  if (card.SourceTask !== before.SourceTask) put('pipeline_tag', card.SourceTask)
  if (card.SourceBaseModel !== before.SourceBaseModel) put('base_model', card.SourceBaseModel)
  if (Object.keys(card.Source).length > 0 && !document.has('source')) put('source', card.Source)
  if (!isChanged) return original
  const text = document.toString({ lineWidth: 0 })
  return /^(\{\}|null)\n$/.test(text) ? '' : text
}
