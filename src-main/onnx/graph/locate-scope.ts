import { decodeNode, emptyGraph } from '../decode/decode-graph.ts'
import type { Graph, Node } from '../decode/model.ts'
import { encodeAttribute, functionScopeId } from '../decode/scopes.ts'
import type { WireReader } from '../wire/wire-reader.ts'

/** A run of bytes that holds (a part of) a scope's message. */
export type Range = { start: number; end: number }

/** Where a scope lies in a model's file. Protobuf allows a message to come in parts. */
export type LocatedScope = { kind: 'graph' | 'function'; ranges: Range[]; parent: string | null }

/** The tag under which a graph and a function list their nodes. */
export const nodeTag = { graph: 0x0a, function: 0x3a } as const

/**
 * Finds a scope by its id without decoding what is not on the way to it; null where the model has none of that id.
 * @throws {WireError} where the model is damaged
 */
export function locateScope(reader: WireReader, id: string): LocatedScope | null {
  const [root = '', ...steps] = id.split('/')
  let found = locateRoot(reader, root)
  let path = root
  for (const step of steps) {
    const [index, attribute, item] = step.split('.')
    if (found === null || index === undefined || attribute === undefined || !/^\d+$/.test(index)) return null
    const node = nodeAt(reader, found, Number(index))
    const graph = node === null ? null : subGraph(node, attribute, item)
    found = graph === null ? null : { kind: 'graph', ranges: [graph], parent: path }
    path = `${path}/${step}`
  }
  return found
}

/** Takes down where a sub-graph lies instead of decoding it. */
export function locateGraph(reader: WireReader, outer: number): Graph {
  const end = reader.enter(outer)
  const graph = emptyGraph(reader.position, end)
  reader.seek(end)
  reader.leave(end)
  return graph
}

/** Calls `visit` with the tag of every field in these ranges; it reads or skips the field. */
export function forEachField(
  reader: WireReader,
  ranges: readonly Range[],
  visit: (tag: number, end: number) => void,
): void {
  for (const { start, end } of ranges) {
    reader.seek(start)
    while (reader.position < end) visit(reader.tag(), end)
  }
}

function locateRoot(reader: WireReader, root: string): LocatedScope | null {
  const [, index, part] = /^training:(\d+)\.(initialization|algorithm)$/.exec(root) ?? []
  let training = 0
  const graphs: Range[] = []
  let made: LocatedScope | null = null
  forEachField(reader, [{ start: 0, end: reader.size }], (tag, end) => {
    if (tag === 0x3a && root === 'main') graphs.push(takeRange(reader, end))
    // Of several definitions of one function the last counts, as for ONNX Runtime.
    else if (tag === 0xca && root.startsWith('function:'))
      made = functionNamed(reader, takeRange(reader, end), root) ?? made
    else if (tag === 0xa2 && part !== undefined && training++ === Number(index)) {
      const wanted = part === 'initialization' ? 0x0a : 0x12
      const range = takeRange(reader, end)
      forEachField(reader, [range], (inner, innerEnd) => {
        if (inner === wanted) graphs.push(takeRange(reader, innerEnd))
        else reader.skip(inner, innerEnd)
      })
    } else reader.skip(tag, end)
  })
  return graphs.length > 0 ? { kind: 'graph', ranges: graphs, parent: null } : made
}

function functionNamed(reader: WireReader, range: Range, id: string): LocatedScope | null {
  const made = { domain: '', name: '', overload: '' }
  forEachField(reader, [range], (tag, end) => {
    if (tag === 0x0a) made.name = reader.string(end)
    else if (tag === 0x52) made.domain = reader.string(end)
    else if (tag === 0x6a) made.overload = reader.string(end)
    else reader.skip(tag, end)
  })
  return functionScopeId(made) === id ? { kind: 'function', ranges: [range], parent: null } : null
}

function takeRange(reader: WireReader, outer: number): Range {
  const end = reader.fieldEnd(outer)
  const range = { start: reader.position, end }
  reader.seek(end)
  return range
}

function nodeAt(reader: WireReader, { kind, ranges }: LocatedScope, index: number): Node | null {
  let at = 0
  let node: Node | null = null
  forEachField(reader, ranges, (tag, end) => {
    if (tag === nodeTag[kind] && at++ === index) node = decodeNode(reader, end, locateGraph)
    else reader.skip(tag, end)
  })
  return node
}

function subGraph(node: Node, attribute: string, item: string | undefined): Graph | null {
  const value = node.attributes.find(({ name }) => encodeAttribute(name) === attribute)?.value
  if (value?.type === 'graph' && item === undefined) return value.value
  if (value?.type === 'graphs' && item !== undefined && /^\d+$/.test(item)) return value.values[Number(item)] ?? null
  return null
}
