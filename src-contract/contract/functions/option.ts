import { z } from 'zod'

/** The options that the name convention knows (contract.md 2), in the order in which they are listed. */
export const options = {
  image: { label: 'Image input', kind: 'input' },
  nms_sensitivity: { label: 'Sensitivity', kind: 'input' },
  mask: { label: 'Masks', kind: 'input' },
  bboxes: { label: 'Object locations', kind: 'output' },
  alarm: { label: 'Alarm', kind: 'output' },
  count: { label: 'Count objects', kind: 'output' },
  linecrossing: { label: 'Linecrossing', kind: 'output' },
  scores: { label: 'Scores', kind: 'output' },
} as const satisfies Record<string, { label: string; kind: 'input' | 'output' }>

export const OptionName = z.enum([
  'image',
  'nms_sensitivity',
  'mask',
  'bboxes',
  'alarm',
  'count',
  'linecrossing',
  'scores',
])
export type OptionName = z.infer<typeof OptionName>

/** A row of `GET /functions/options` (operation 16): an option of the name convention. */
export const OptionInUse = z
  .strictObject({
    Name: OptionName,
    Label: z.string().meta({ examples: ['Object locations'] }),
    Kind: z.enum(['input', 'output']),
    Count: z
      .int()
      .positive()
      .optional()
      .meta({ description: 'Functions that have it; only where the option is in use' }),
  })
  .meta({ id: 'OptionInUse' })
export type OptionInUse = z.infer<typeof OptionInUse>

/** One item after the prefix of a name: a class and its label, or a setting such as `format:xyxysc`. */
export const OptionLabel = z.object({ Id: z.string(), Label: z.string() })
export type OptionLabel = z.infer<typeof OptionLabel>

/** What an in- or output's name says by the convention `prefix-id:label;id:label`. */
export type ReadOption = { name: OptionName; labels: OptionLabel[]; problem: string | null }

/**
 * Reads the name of an in- or output by the convention; null where it does not begin with a known prefix.
 * `problem` is a sentence where the rest of the name breaks the convention.
 */
export function readOption(name: string): ReadOption | null {
  const dash = name.indexOf('-')
  const prefix = OptionName.safeParse(dash < 0 ? name : name.slice(0, dash))
  if (!prefix.success) return null
  if (dash < 0) return { name: prefix.data, labels: [], problem: null }
  const labels: OptionLabel[] = []
  let problem: string | null = null
  for (const item of name.slice(dash + 1).split(';')) {
    const colon = item.indexOf(':')
    if (colon > 0 && colon < item.length - 1) labels.push({ Id: item.slice(0, colon), Label: item.slice(colon + 1) })
    else problem ??= `“${item}” is not of the form id:label`
  }
  const ids = new Set(labels.map((label) => label.Id))
  if (ids.size < labels.length) problem ??= 'it contains an id more than once'
  return { name: prefix.data, labels, problem }
}
