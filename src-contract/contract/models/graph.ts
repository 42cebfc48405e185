import { z } from 'zod'
import { ElementTypeName } from './element-type.ts'
import { Dimension, MetadataEntry, ValueKind } from './inspection.ts'

/** The largest page, and the size of one that nobody asked for. */
export const largestGraphPage = 10_000
export const usualGraphPage = 1_000

/** A number that JSON has no word for, or an int64 that it would round, is a string. */
const NumberOrText = z.union([z.number(), z.string()])

/**
 * An attribute of a node. What is short has its `Value`; a tensor, a type or a long list has a `Summary`; a sub-graph has the
 * `Scope` under which its own nodes are listed, and a list of them has `Scopes`. `Reference` names the attribute of the
 * surrounding function that stands in for a value.
 */
export const GraphAttribute = z.object({
  Name: z.string(),
  Type: z.string(),
  Value: z.union([NumberOrText, z.array(NumberOrText)]).optional(),
  Summary: z.string().optional(),
  Scope: z.string().optional(),
  Scopes: z.array(z.string()).optional(),
  Reference: z.string().optional(),
  Documentation: z.string().optional(),
})
export type GraphAttribute = z.infer<typeof GraphAttribute>

/** An int64; one past 2^53 is a string. */
const WideInteger = z.union([z.number(), z.string()])

/** How a tensor of a node is spread over devices. */
const GraphSharding = z.object({
  Tensor: z.string(),
  Devices: z.array(WideInteger),
  /** Which devices a number in `Devices` stands for, where that is a group. */
  Groups: z.array(z.object({ Index: WideInteger, Devices: z.array(WideInteger) })),
  Axes: z.array(z.object({ Axis: WideInteger, Parts: z.array(z.object({ Size: Dimension, Shards: WideInteger })) })),
})

/** Where a node runs in one of the model's device configurations. */
export const GraphPlacement = z.object({
  Configuration: z.string(),
  Stage: z.number().nullable(),
  Sharding: z.array(GraphSharding),
})
export type GraphPlacement = z.infer<typeof GraphPlacement>

/** A node. `Id` is its place in its scope, from 0. An input that is left out is an empty name. */
export const GraphNode = z.object({
  Id: z.int(),
  Name: z.string(),
  Domain: z.string(),
  Type: z.string(),
  Inputs: z.array(z.string()),
  Outputs: z.array(z.string()),
  Attributes: z.array(GraphAttribute),
  Documentation: z.string(),
  Metadata: z.array(MetadataEntry),
  /** Left out where the model does not place the node. */
  Devices: z.array(GraphPlacement).optional(),
})
export type GraphNode = z.infer<typeof GraphNode>

/** What is known of a value: from the exporter's notes, or because it is stored in the model. */
export const GraphEdge = z.object({
  Name: z.string(),
  Kind: ValueKind,
  ElementType: ElementTypeName,
  Type: z.string(),
  Shape: z.array(Dimension).nullable(),
  Stored: z.boolean(),
  /** What else the model says of the value; each left out where it says nothing. */
  Documentation: z.string().optional(),
  Metadata: z.array(MetadataEntry).optional(),
  Denotation: z.string().optional(),
  AxisDenotations: z.array(z.string()).optional(),
  /** Which tensors hold its quantization parameters, such as `SCALE_TENSOR`. */
  Quantization: z.array(MetadataEntry).optional(),
})
export type GraphEdge = z.infer<typeof GraphEdge>

/** A page of the nodes of one scope: the main graph (`main`), a sub-graph or a function. */
export const GraphPage = z.object({
  Scope: z.string(),
  /** The scope that holds this one; null for the main graph and for functions. */
  Parent: z.string().nullable(),
  Kind: z.enum(['graph', 'function']),
  Name: z.string(),
  Documentation: z.string(),
  Metadata: z.array(MetadataEntry),
  /** Names of the values that the scope takes and gives. */
  Inputs: z.array(z.string()),
  Outputs: z.array(z.string()),
  Nodes: z.array(GraphNode),
  /** Values that the nodes of this page or the scope's signature name, as far as anything is known of them. */
  Values: z.array(GraphEdge),
  Offset: z.int(),
  /** Nodes in the scope. */
  Total: z.int(),
})
export type GraphPage = z.infer<typeof GraphPage>

/** The question for a page. */
export const GraphQuery = z.object({
  Scope: z.string().max(10_000).default('main'),
  Offset: z.coerce.number().int().min(0).default(0),
  Limit: z.coerce.number().int().min(1).max(largestGraphPage).default(usualGraphPage),
})
export type GraphQuery = z.infer<typeof GraphQuery>
