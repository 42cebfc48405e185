import { createHash, type Hash } from 'node:crypto'
import {
  type Attribute,
  type AttributeValue,
  type Dimension,
  type Graph,
  type Model,
  type ModelFunction,
  type Node,
  type Opset,
  plainDomain,
  type Tensor,
  type Value,
  type ValueType,
} from '../decode/model.ts'

/**
 * SHA-256 (hex) of a model's structure: operators, names, edges, attributes, types, shapes, operator sets, functions and
 * training graphs. The values of tensors, documentation, metadata, the producer and inferred types of inner values
 * are left out, so two trainings of one network share it however they were written to disk.
 *
 * Lists longer than `longestKeptList` and texts longer than `longestKeptText` are weights in all but name (tree ensembles,
 * compiled blobs): only their size counts.
 */
export function structureDigest(model: Model): string {
  const digest = new StructureHash()
  for (const opset of model.opsets) putOpset(digest, opset)
  putGraph(digest, model.graph)
  for (const made of model.functions) putFunction(digest, made)
  for (const training of model.training) {
    digest.put('training')
    if (training.initialization !== null) putGraph(digest, training.initialization)
    if (training.algorithm !== null) putGraph(digest, training.algorithm)
    for (const { key, value } of training.initializationBinding) digest.put(`binds\x1f${key}\x1f${value}`)
    for (const { key, value } of training.updateBinding) digest.put(`updates\x1f${key}\x1f${value}`)
  }
  return digest.hex()
}

/** So many pieces are hashed at once, since a call into the hash costs more than they do. */
const piecesAtOnce = 4096

/** Lines of text, which may be put piece by piece: joining them all at once is cheaper than adding up each line. */
class StructureHash {
  #hash: Hash = createHash('sha256')
  #pieces = new Array<string>(piecesAtOnce).fill('')
  #count = 0

  put(line: string): void {
    this.add(line, '\n')
  }

  /** Adds two pieces to the line that the next `put` ends. */
  add(first: string, second: string): void {
    this.#pieces[this.#count++] = first
    this.#pieces[this.#count++] = second
    if (this.#count === piecesAtOnce) this.#flush()
  }

  hex(): string {
    this.#flush()
    return this.#hash.digest('hex')
  }

  #flush(): void {
    this.#pieces.length = this.#count
    this.#hash.update(this.#pieces.join(''), 'utf8')
    this.#count = 0
  }
}

function putGraph(digest: StructureHash, graph: Graph): void {
  digest.put(`graph\x1f${graph.name}`)
  for (const value of graph.inputs) putValue(digest, 'in', value)
  for (const value of graph.outputs) putValue(digest, 'out', value)
  for (const tensor of graph.initializers) digest.put(`weight\x1f${tensorText(tensor)}`)
  for (const { values, dimensions } of graph.sparseInitializers) {
    digest.put(`sparse\x1f${values.name}\x1f${values.elementCode}\x1f${dimensions.join()}`)
  }
  for (const { tensor, parameters } of graph.quantization) {
    digest.put(`quantized\x1f${tensor}\x1f${parameters.map(({ key, value }) => `${key}\x1e${value}`).join('\x1f')}`)
  }
  putNodes(digest, graph.nodes)
  digest.put('end')
}

function putFunction(digest: StructureHash, made: ModelFunction): void {
  const signature = [made.inputs, made.outputs, made.attributes].map((names) => names.join('\x1e')).join('\x1f')
  digest.put(`function\x1f${made.domain}\x1f${made.name}\x1f${made.overload}\x1f${signature}`)
  for (const opset of made.opsets) putOpset(digest, opset)
  for (const attribute of made.defaults) putAttribute(digest, attribute)
  putNodes(digest, made.nodes)
  digest.put('end')
}

// Loops over tens of thousands of nodes count: before it is compiled, `for … of` makes an object for every item.
function putNodes(digest: StructureHash, nodes: readonly Node[]): void {
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index]
    if (node !== undefined) putNode(digest, node)
  }
}

function putNode(digest: StructureHash, { operator, domain, overload, name, inputs, outputs, attributes }: Node): void {
  digest.add(operator, '\x1f')
  digest.add(plainDomain(domain), '\x1f')
  digest.add(overload, '\x1f')
  digest.add(name, '')
  for (let index = 0; index < inputs.length; index++) digest.add('\x1f', inputs[index] ?? '')
  digest.add('\x1d', '')
  for (let index = 0; index < outputs.length; index++) digest.add('\x1f', outputs[index] ?? '')
  digest.put('')
  for (let index = 0; index < attributes.length; index++) {
    const attribute = attributes[index]
    if (attribute !== undefined) putAttribute(digest, attribute)
  }
}

function putAttribute(digest: StructureHash, { name, reference, value }: Attribute): void {
  digest.add(name, '\x1f')
  digest.add(reference, '\x1f')
  digest.add(value.type, '\x1f')
  digest.put(valueText(value))
  if (value.type === 'graph') putGraph(digest, value.value)
  else if (value.type === 'graphs') for (const graph of value.values) putGraph(digest, graph)
}

function valueText(value: AttributeValue): string {
  switch (value.type) {
    case 'float':
    case 'int':
      return String(value.value)
    case 'string':
      return value.value ?? `${value.bytes} bytes`
    case 'floats':
    case 'ints':
    case 'strings':
      return value.values === null ? `${value.count} items` : value.values.join('\x1e')
    case 'tensor':
      return tensorText(value.value)
    case 'tensors':
      return value.values.map(tensorText).join('\x1e')
    case 'sparse_tensor':
      return `${value.value.values.elementCode} ${value.value.dimensions.join()}`
    case 'sparse_tensors':
      return value.values.map((item) => `${item.values.elementCode} ${item.dimensions.join()}`).join('\x1e')
    case 'type_proto':
      return typeText(value.value)
    case 'type_protos':
      return value.values.map(typeText).join('\x1e')
    case 'graph':
    case 'graphs':
    case 'undefined':
      return ''
  }
}

function tensorText(tensor: Tensor): string {
  return `${tensor.name} ${tensor.elementCode} ${tensor.dimensions.join()}`
}

function putValue(digest: StructureHash, role: string, { name, type }: Value): void {
  digest.put(`${role}\x1f${name}\x1f${typeText(type)}`)
}

function putOpset(digest: StructureHash, { domain, version }: Opset): void {
  digest.put(`opset\x1f${plainDomain(domain)}\x1f${version}`)
}

/** A symbol that looks like a size is in quotes; all other texts are as they always were. */
function sizeText(size: Dimension): string {
  return typeof size === 'string' && /^-?\d+$/.test(size) ? `"${size}"` : String(size ?? '')
}

function typeText(type: ValueType | null): string {
  if (type === null) return ''
  switch (type.kind) {
    case 'tensor':
    case 'sparse':
      return `${type.kind} ${type.elementCode} ${type.shape === null ? 'any' : `[${type.shape.map(sizeText).join()}]`}`
    case 'map':
      return `map ${type.keyType} ${typeText(type.of)}`
    case 'opaque':
      return `opaque ${type.domain} ${type.name}`
    case 'sequence':
    case 'optional':
      return `${type.kind} ${typeText(type.of)}`
  }
}
