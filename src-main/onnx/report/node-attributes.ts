import type { Attribute, Node } from '../decode/model.ts'

/** A node's integer attribute; null where it has none of that name. */
export function integer(node: Node, name: string): number | null {
  const value = attribute(node, name)?.value
  return value?.type === 'int' && typeof value.value === 'number' ? value.value : null
}

export function integers(node: Node, name: string): number[] | null {
  const value = attribute(node, name)?.value
  return value?.type === 'ints' && value.values !== null ? value.values.map(Number) : null
}

export function text(node: Node, name: string): string {
  const value = attribute(node, name)?.value
  return value?.type === 'string' ? (value.value ?? '') : ''
}

export function attribute(node: Node, name: string): Attribute | undefined {
  return node.attributes.find((item) => item.name === name)
}
