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

/** A row of `GET /functions/options` (operation 16): an option of the name convention that is in use in this cabinet. */
export const OptionInUse = z
  .strictObject({
    Name: OptionName,
    Label: z.string().meta({ examples: ['Object locations'] }),
    Kind: z.enum(['input', 'output']),
    Count: z.int().nonnegative().meta({ description: 'Functions that have it' }),
  })
  .meta({ id: 'Option' })
export type OptionInUse = z.infer<typeof OptionInUse>
