import { z } from 'zod'
import { ElementTypeName } from './element-type.ts'

/** How one thing of the left model stands to that of the right one. `Renamed` initializers have the same values. */
const Change = z.enum(['changed', 'added', 'removed', 'renamed'])

/** An in- or output that differs, in the short notation of signatures; null on the side that does not have it. */
export const SignatureChange = z.object({
  Side: z.enum(['input', 'output']),
  Name: z.string(),
  Change,
  Left: z.string().nullable(),
  Right: z.string().nullable(),
  /** Whether what calls the left model would break with the right one. */
  Breaks: z.boolean(),
})
export type SignatureChange = z.infer<typeof SignatureChange>

const ComparedTensor = z.object({
  Name: z.string(),
  ElementType: ElementTypeName,
  Shape: z.array(z.union([z.number(), z.string()])),
  Bytes: z.number(),
  Sha256: z.string().nullable(),
})

export const InitializerChange = z.object({
  Scope: z.string(),
  Name: z.string(),
  Change,
  Left: ComparedTensor.nullable(),
  Right: ComparedTensor.nullable(),
})
export type InitializerChange = z.infer<typeof InitializerChange>

/** How far one output lies apart when both models run on the same inputs; null where it cannot be told. */
export const OutputDifference = z.object({
  Name: z.string(),
  Largest: z.object({ Absolute: z.number(), Relative: z.number() }).nullable(),
  Message: z.string(),
})
export type OutputDifference = z.infer<typeof OutputDifference>

const textPair = { Left: z.string().nullable(), Right: z.string().nullable() }

/** The diff of two models, with the answer to whether the right one may take the left one's place. */
export const Comparison = z.object({
  /** One sentence that a person can act on. */
  Verdict: z.string(),
  /** `Weights` is null while digests of the tensors are not known. */
  Same: z.object({
    Bytes: z.boolean(),
    Structure: z.boolean(),
    Signature: z.boolean(),
    Weights: z.boolean().nullable(),
  }),
  Signature: z.object({ Compatible: z.boolean(), Changes: z.array(SignatureChange) }),
  Opsets: z.array(z.object({ Domain: z.string(), ...textPair })),
  Operators: z.array(z.object({ Domain: z.string(), Type: z.string(), Left: z.number(), Right: z.number() })),
  Initializers: z.object({
    Same: z.number(),
    Changed: z.number(),
    Added: z.number(),
    Removed: z.number(),
    Renamed: z.number(),
    /** Pairs whose values are not known to differ, since a digest is open. */
    Unknown: z.number(),
    /** What differs, largest first, at most `mostInitializerChanges`. */
    Items: z.array(InitializerChange),
  }),
  Metadata: z.array(z.object({ Key: z.string(), ...textPair })),
  Parameters: z.object({ Left: z.number(), Right: z.number() }),
  FileSize: z.object({ Left: z.number(), Right: z.number() }),
  Outputs: z.array(OutputDifference).optional(),
})
export type Comparison = z.infer<typeof Comparison>

/** So many differing initializers are listed; all are counted. */
export const mostInitializerChanges = 1_000
