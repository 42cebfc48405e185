import { z } from 'zod'
import { OptionLabel, OptionName } from '../functions/option.ts'
import { ElementTypeName } from './element-type.ts'

/**
 * An int64. From 2^53 on JSON numbers lose digits, so such values are decimal strings (contract.md 6).
 */
const WideInteger = z.union([z.int(), z.string().regex(/^-?\d+$/)])

/** A dimension: a size, the name of a symbolic size, or null where nothing is known. */
export const Dimension = z.union([z.number(), z.string(), z.null()])
export type Dimension = z.infer<typeof Dimension>

/** Whether a dimension is a size from 2^53 on, in digits. A model may call a symbol by digits too, but seldom by so many. */
export function isWideSize(size: Dimension): boolean {
  return typeof size === 'string' && /^-?\d+$/.test(size) && !Number.isSafeInteger(Number(size))
}

/** A dimension to be read; a symbol that looks like a size is in quotes. */
export function dimensionText(size: Dimension): string {
  if (size === null) return '?'
  return typeof size === 'string' && /^-?\d+$/.test(size) && !isWideSize(size) ? `"${size}"` : String(size)
}

/** How a value is built. */
export const ValueKind = z.enum(['tensor', 'sparse', 'sequence', 'map', 'optional', 'opaque'])
export type ValueKind = z.infer<typeof ValueKind>

/** A remark that an exporter left: a key and a text. */
export const MetadataEntry = z.object({ Key: z.string(), Value: z.string() })
export type MetadataEntry = z.infer<typeof MetadataEntry>

/**
 * An input or output of the main graph. `Shape` is null where the model says nothing of the rank, [] for a scalar.
 * `ElementType` of a sequence, map or optional is that of its innermost tensor; `Type` is ONNX's own words for the
 * whole, such as `tensor(float)` or `seq(map(int64,tensor(float)))`.
 */
export const GraphValue = z.object({
  Name: z.string(),
  Kind: ValueKind,
  ElementType: ElementTypeName,
  Type: z.string(),
  Shape: z.array(Dimension).nullable(),
  Initialized: z.boolean(),
  Documentation: z.string(),
  /** What the name convention of options makes of it; null where the name follows none. */
  Option: OptionName.nullable(),
  /** The items of a name such as `scores-0:Cat;1:Dog`; settings such as `format:xyxysc` too. */
  Labels: z.array(OptionLabel),
  /** The exporter's word for what the value means, such as `IMAGE`; left out where it says nothing, as the next two. */
  Denotation: z.string().optional(),
  /** The same for each axis, such as `DATA_CHANNEL`. */
  AxisDenotations: z.array(z.string()).optional(),
  Metadata: z.array(MetadataEntry).optional(),
})
export type GraphValue = z.infer<typeof GraphValue>

/**
 * One stored tensor, wherever in the model it stands: an initializer, or an attribute of a node, which goes by the name of
 * the node's output (and of the attribute, but for Constant nodes). `Bytes` is what the values take when stored raw (as stored, for strings).
 */
export const Initializer = z.object({
  Name: z.string(),
  /** The scope of the graph page that holds it: `main`, a sub-graph such as `main/12.then_branch`, or a function. */
  Scope: z.string(),
  Kind: z.enum(['initializer', 'constant']),
  ElementType: ElementTypeName,
  Shape: z.array(WideInteger),
  Bytes: z.number(),
  /** Path of the external file as the model writes it, or null where the values are in the model itself. */
  Location: z.string().nullable(),
  /** SHA-256 of type, shape and values in raw little-endian form; null until a job has read them. */
  Sha256: z.string().nullable(),
})
export type Initializer = z.infer<typeof Initializer>

/** One external file that the model names. */
export const ExternalFile = z.object({
  Location: z.string(),
  /** Bytes that the model reads from it. */
  Bytes: z.number(),
  State: z.enum(['present', 'missing', 'refused']),
  Message: z.string(),
})
export type ExternalFile = z.infer<typeof ExternalFile>

/** Something a person should know about a model that can be read. */
export const Warning = z.object({ Code: z.string(), Message: z.string(), Where: z.string() })
export type Warning = z.infer<typeof Warning>

/** Why ONNX Runtime did not open a model, sorted by what a person can do about it. */
export const FailureReason = z.enum(['operator', 'type', 'kernel', 'external', 'invalid', 'memory', 'crash', 'timeout'])
export type FailureReason = z.infer<typeof FailureReason>

/** Whether ONNX Runtime opened the model on this machine, and if not, why. */
export const RuntimeCheck = z.object({
  State: z.enum(['pending', 'ok', 'failed']),
  Reason: FailureReason.nullable(),
  Message: z.string(),
  /** Milliseconds. */
  LoadTime: z.number().nullable(),
  Provider: z.string().nullable(),
  Version: z.string().nullable(),
  CheckedAt: z.string().nullable(),
})
export type RuntimeCheck = z.infer<typeof RuntimeCheck>

/** The state of a check that has not been made. */
export const pendingRuntimeCheck: RuntimeCheck = {
  State: 'pending',
  Reason: null,
  Message: '',
  LoadTime: null,
  Provider: null,
  Version: null,
  CheckedAt: null,
}

/** What is known of a model from reading its file (contract.md 6). Sizes in bytes, times in milliseconds. */
export const Inspection = z.object({
  Format: z.literal('onnx'),
  FileSize: z.number(),
  /** Filled by whoever read the whole file; the reader does not. */
  FileSha256: z.string().nullable(),
  /** Digest of everything but the weights' values: two trainings of one network share it. */
  StructureSha256: z.string(),
  IrVersion: WideInteger,
  Opsets: z.array(z.object({ Domain: z.string(), Version: WideInteger })),
  Producer: z.object({ Name: z.string(), Version: z.string() }),
  Domain: z.string(),
  ModelVersion: WideInteger,
  Documentation: z.string(),
  Metadata: z.array(MetadataEntry),
  /**
   * `Nodes` and `Edges` of the main graph alone; an edge is a use, by a node, of a value that is no initializer.
   * `AllNodes` counts through sub-graphs and functions, once per definition.
   */
  Graph: z.object({
    Name: z.string(),
    Documentation: z.string(),
    Nodes: z.number(),
    Edges: z.number(),
    SubGraphs: z.number(),
    AllNodes: z.number(),
    Metadata: z.array(MetadataEntry),
  }),
  Inputs: z.array(GraphValue),
  Outputs: z.array(GraphValue),
  /** Counted through sub-graphs and functions, most frequent first. */
  Operators: z.array(z.object({ Domain: z.string(), Type: z.string(), Count: z.number() })),
  /** Operators that the model defines itself. `Overload` tells functions of one name apart; it is mostly empty. */
  Functions: z.array(z.object({ Domain: z.string(), Name: z.string(), Overload: z.string(), Nodes: z.number() })),
  /** Values stored as initializers and constants, through sub-graphs and functions. */
  Parameters: z.object({
    Count: z.number(),
    Bytes: z.number(),
    ByType: z.array(z.object({ ElementType: ElementTypeName, Count: z.number(), Bytes: z.number() })),
  }),
  /** Every stored tensor, through sub-graphs and functions, largest first. */
  Initializers: z.array(Initializer),
  External: z.array(ExternalFile),
  Quantized: z.boolean(),
  Training: z.boolean(),
  /**
   * What the model says of its training: the scopes under which the graph page lists each step's graphs, and which values
   * take the place of which.
   */
  TrainingSteps: z.array(
    z.object({
      Initialization: z.string().nullable(),
      Algorithm: z.string().nullable(),
      InitializationBindings: z.array(MetadataEntry),
      UpdateBindings: z.array(MetadataEntry),
    }),
  ),
  /** Sets of devices that the model was spread over. */
  Devices: z.array(z.object({ Name: z.string(), Count: z.number(), Devices: z.array(z.string()) })),
  /**
   * Multiply-accumulates of one run. `Coverage` is the share (0 to 1) of the nodes that may multiply (convolutions, matrix
   * products, attention, recurrent layers, and operators of unknown domains) whose figures are known; `Macs` counts those
   * alone and is null where there are none of them. `Assumed` names the symbolic batch sizes that were taken to be 1 for it.
   */
  Compute: z.object({ Macs: z.number().nullable(), Coverage: z.number(), Assumed: z.array(z.string()) }),
  Warnings: z.array(Warning),
  Runtime: RuntimeCheck,
  ReadTime: z.number(),
  BytesRead: z.number(),
})
export type Inspection = z.infer<typeof Inspection>
