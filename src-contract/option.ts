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
