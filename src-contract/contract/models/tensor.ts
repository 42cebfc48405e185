import { z } from 'zod'
import { ElementTypeName } from './element-type.ts'

/** The longest name of a tensor that can be asked for. */
export const longestTensorName = 10_000

/** A number that JSON has no word for, or an integer that it would round, is a string. */
const NumberOrText = z.union([z.number(), z.string()])

/** How values are spread: `Counts` of equal steps from `From` to `To`, both included. */
export const TensorHistogram = z.object({ From: NumberOrText, To: NumberOrText, Counts: z.array(z.int()) })
export type TensorHistogram = z.infer<typeof TensorHistogram>

/**
 * What is known of the values of a stored tensor. `Min`, `Max`, `Mean`, `StandardDeviation` (of the whole, divided by the count)
 * and the histogram are of the finite values, of complex numbers of their magnitudes; null where there are none, and for texts.
 */
export const TensorSummary = z.object({
  Scope: z.string(),
  Name: z.string(),
  ElementType: ElementTypeName,
  /** Values that are stored: all elements, or the non-zero ones of a sparse tensor. */
  Count: z.int(),
  /** Zeros, and what is no number; null for texts. */
  Zeros: z.int().nullable(),
  NaNs: z.int().nullable(),
  Infinities: z.object({ Positive: z.int(), Negative: z.int() }).nullable(),
  Min: NumberOrText.nullable(),
  Max: NumberOrText.nullable(),
  Mean: NumberOrText.nullable(),
  StandardDeviation: NumberOrText.nullable(),
  Histogram: TensorHistogram.nullable(),
  /** Different texts; at least so many where `Exact` is false. Null for numbers. */
  Distinct: z.object({ Count: z.int(), Exact: z.boolean() }).nullable(),
  /** The first values in row-major order; long texts are cut. */
  Values: z.array(z.union([z.number(), z.string(), z.boolean()])),
})
export type TensorSummary = z.infer<typeof TensorSummary>

/** Which tensor is asked for. */
export const TensorQuery = z.object({
  Scope: z.string().max(longestTensorName).default('main'),
  Name: z.string().max(longestTensorName),
})
export type TensorQuery = z.infer<typeof TensorQuery>
