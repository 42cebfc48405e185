import { z } from 'zod'
import { JsonValue } from '../../util/json-value.ts'
import { oneOf } from '../functions/one-of.ts'
import { ElementTypeName } from './element-type.ts'

const Size = z
  .int()
  .nonnegative()
  .max(2 ** 40)
const Shape = z
  .array(Size)
  .max(32)
  .meta({ description: 'Sizes of the axes; [] for a single value', examples: [[1, 3, 224, 224]] })

/** One input of a run (contract.md 6): values, or a rule that makes them. */
export const RunInput = oneOf(
  z.strictObject({
    ElementType: z
      .string()
      .optional()
      .meta({
        description: "ONNX's name of the type, or numpy's; by default what the model wants",
        examples: ['float'],
      }),
    Shape: Shape.optional(),
    Data: z
      .unknown()
      .optional()
      .meta({
        description:
          'Nested arrays, or a flat array with Shape, or base64 of the raw little-endian values with Shape. ' +
          'Wide integers, NaN and ±Infinity may be strings.',
        examples: [[[0.5, 0.25, 1]]],
      }),
    Random: z
      .int()
      .min(0)
      .max(2 ** 32 - 1)
      .optional()
      .meta({ description: 'Seed: the same seed gives the same values on every machine' }),
    Zeros: z.literal(true).optional(),
  }),
  'RunInput',
  ['Data', 'Random', 'Zeros'],
)
export type RunInput = z.infer<typeof RunInput>

/** Sizes of dimensions that the model leaves open. */
export const Dimensions = z.record(z.string(), Size).meta({
  description:
    'Sizes of symbolic dimensions; by default 1, or what the given inputs have. A dimension such as `past_sequence_length + sequence_length` follows from the others. A dimension without a name goes by its place: `input[1]`',
  examples: [{ N: 4 }],
})

/** The body of `POST /function/{uuid}/run`. */
export const RunRequest = z
  .strictObject({
    Inputs: z
      .record(z.string(), RunInput)
      .optional()
      .meta({ description: 'By name; those that are left out are random with seed 0, an attention mask is all ones' }),
    Dimensions: Dimensions.optional(),
    Outputs: z.array(z.string()).min(1).max(10_000).optional().meta({ description: 'By default all tensors' }),
  })
  .meta({ id: 'RunRequest' })
export type RunRequest = z.infer<typeof RunRequest>

/** One output of a run. */
export const RunOutput = z
  .strictObject({
    ElementType: ElementTypeName,
    Shape,
    Data: JsonValue.meta({ description: 'Nested arrays; integers from 2^53 on, NaN and ±Infinity are strings' }),
  })
  .meta({ id: 'RunOutput' })
export type RunOutput = z.infer<typeof RunOutput>

/** What a run took; the rest of its answer are the outputs. */
export const RunFigures = z.strictObject({
  Times: z.strictObject({ Load: z.number(), Run: z.number() }).meta({ description: 'Milliseconds' }),
  Provider: z.string(),
  PeakMemory: z.number().meta({ description: 'Bytes that the process took at most, its own 60 to 100 MB included' }),
  Skipped: z
    .array(z.strictObject({ Name: z.string(), Message: z.string() }))
    .meta({ description: 'Outputs that cannot be given, such as sequences' }),
})
export type RunFigures = z.infer<typeof RunFigures>

/** The answer of `POST /function/{uuid}/run`. */
export const RunResult = RunFigures.extend({ Outputs: z.record(z.string(), RunOutput) }).meta({ id: 'RunResult' })
export type RunResult = z.infer<typeof RunResult>
