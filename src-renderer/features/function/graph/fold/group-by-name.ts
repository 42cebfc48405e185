import type { GraphNode } from '../../../../../src-contract/contract/models/graph.ts'
import { groupedNumber } from '../../../../../src-contract/words/human-number.ts'
import type { Group } from '../model/picture.ts'

/** `1,200 nodes`. */
export const nodesText = (count: number): string => `${groupedNumber(count)} ${count === 1 ? 'node' : 'nodes'}`

const pathOf = (node: GraphNode): string[] => (node.Name === '' ? [] : node.Name.split(/[/.]/).filter(Boolean))

const isNumber = (word: string) => /^\d+$/.test(word)
const kinds = (nodes: readonly GraphNode[]) => nodes.map(({ Type }) => Type).join(' ')

/** Parts of nodes by the word of their names at a depth, in the order in which they begin. */
function split(nodes: readonly GraphNode[], depth: number): Map<string, GraphNode[]> {
  const parts = new Map<string, GraphNode[]>()
  for (const node of nodes) {
    const path = pathOf(node)
    const word = path.length > depth + 1 ? (path[depth] ?? '') : ''
    const list = parts.get(word)
    if (list) list.push(node)
    else parts.set(word, [node])
  }
  return parts
}

/**
 * What to call nodes whose names begin with `path`, and what is in them: the path goes on as long as there is only one way, and
 * numbered parts that are the same are told as `12 × 27 nodes`.
 */
function described(nodes: readonly GraphNode[], path: string[]): Pick<Group, 'label' | 'note'> {
  const parts = [...split(nodes, path.length)]
  const [only] = parts
  if (parts.length === 1 && only && only[0] !== '') return described(nodes, [...path, only[0]])
  const same = new Set(parts.map(([, members]) => kinds(members)))
  const repeated = parts.length > 1 && same.size === 1 && parts.every(([word]) => isNumber(word))
  return {
    label: path.join('/'),
    note: repeated ? `${groupedNumber(parts.length)} × ${nodesText(only?.[1].length ?? 0)}` : nodesText(nodes.length),
  }
}

/** Numbered parts that follow one another and do the same, as one: `layers.2–9`. */
function joinRepeated(parts: [string, GraphNode[]][], prefix: string[], most: number): Group[] {
  const perGroup = Math.ceil(parts.length / most)
  const groups: Group[] = []
  for (let at = 0; at < parts.length; ) {
    const [word, nodes] = parts[at] ?? ['', []]
    let end = at + 1
    const pattern = kinds(nodes)
    while (
      isNumber(word) &&
      end < parts.length &&
      end - at < perGroup &&
      isNumber(parts[end]?.[0] ?? '') &&
      kinds(parts[end]?.[1] ?? []) === pattern
    )
      end += 1
    const joined = parts.slice(at, end)
    const last = joined.at(-1)?.[0] ?? word
    const members = joined.flatMap(([, list]) => list)
    if (word === '') groups.push({ label: 'other nodes', note: nodesText(members.length), nodes: members })
    else if (joined.length === 1) groups.push({ ...described(members, [...prefix, word]), nodes: members })
    else
      groups.push({
        label: `${[...prefix, word].join('/')}–${last}`,
        note: `${joined.length} × ${nodesText(nodes.length)}`,
        nodes: members,
      })
    at = end
  }
  return groups
}

/**
 * Groups by the beginnings of the nodes' names, from the first depth at which they differ; null where names tell nothing.
 * Numbered siblings that do the same are joined where there would be more than `most` groups.
 */
export function groupsByName(nodes: readonly GraphNode[], most: number): Group[] | null {
  const named = nodes.filter((node) => pathOf(node).length > 1)
  if (named.length < nodes.length * 0.6) return null
  let prefix: string[] = []
  for (let depth = 0; depth < 12; depth += 1) {
    const parts = [...split(nodes, depth)]
    const [only] = parts
    if (parts.length === 1 && only && only[0] !== '') {
      prefix = [...prefix, only[0]]
      continue
    }
    if (parts.length < 2) return null
    return joinRepeated(parts, prefix, most)
  }
  return null
}
