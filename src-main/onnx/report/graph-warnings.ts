import type { Warning } from '../../../src-contract/contract/models/inspection.ts'
import type { Graph, Model, ModelFunction, Node } from '../decode/model.ts'
import { functionScopeId } from '../decode/scopes.ts'
import { findCycle } from './find-cycle.ts'

/** A name that a node needs and nothing before it makes. */
type Use = { name: string; node: number }

/** What is wrong with how a model's nodes hang together: names given twice, values that nothing makes, and cycles. */
export function graphWarnings({ graph, functions }: Model): Warning[] {
  const found: Warning[] = []
  duplicateWarnings(graph, found)
  const made = namesOf(graph)
  const missing = unmade(graph.nodes, made, 'main', found).map(({ name }) => name)
  for (const name of new Set(missing)) found.push(noSource('graph', 'value', name))
  for (const { name } of graph.outputs) {
    if (!made.has(name) && !missing.includes(name)) found.push(noSource('graph', 'output', name))
  }
  functionWarnings(functions, found)
  return found
}

function noSource(where: string, kind: 'value' | 'output', name: string): Warning {
  return { Code: 'no-source', Message: `Nothing in the ${where} makes the ${kind} “${name}”.`, Where: name }
}

function duplicateWarnings(graph: Graph, found: Warning[]): void {
  const duplicate = (Message: string, Where: string) => found.push({ Code: 'duplicate-name', Message, Where })
  const produced = new Set<string>()
  for (const { name } of graph.inputs) {
    if (!addNew(produced, name)) duplicate(`Two inputs are named “${name}”.`, name)
  }
  const initializers = new Set<string>()
  for (const { name } of graph.initializers) {
    if (!addNew(initializers, name)) duplicate(`Two initializers are named “${name}”.`, name)
    produced.add(name)
  }
  for (const { values } of graph.sparseInitializers) produced.add(values.name)
  const nodeNames = new Set<string>()
  for (const { name, operator, outputs } of graph.nodes) {
    if (name !== '' && !addNew(nodeNames, name)) duplicate(`Two nodes are named “${name}”.`, name)
    if (operator === '') found.push({ Code: 'no-operator', Message: `Node “${name}” names no operator.`, Where: name })
    for (let at = 0; at < outputs.length; at++) {
      const output = outputs[at] ?? ''
      if (output !== '' && !addNew(produced, output)) duplicate(`The value “${output}” is made more than once.`, output)
    }
  }
}

/** Adds to a set; false where it was there. One look-up instead of two counts with tens of thousands of names. */
function addNew(set: Set<string>, item: string): boolean {
  const before = set.size
  set.add(item)
  return set.size > before
}

function functionWarnings(functions: readonly ModelFunction[], found: Warning[]): void {
  const seen = new Map<string, number>()
  for (const [index, made] of functions.entries()) {
    const id = functionScopeId(made)
    if (seen.has(id)) {
      const Message = `The function ${made.name} of the domain ${made.domain} is defined more than once; ONNX Runtime uses the last definition.`
      found.push({ Code: 'duplicate-name', Message, Where: id })
    }
    seen.set(id, index)
    const missing = new Set(unmade(made.nodes, new Set(made.inputs), id, found).map(({ name }) => name))
    for (const name of missing) found.push(noSource(`function ${made.name}`, 'value', name))
  }
  const calls = findCycle(functions.length, (caller) =>
    calledBy(functions[caller]?.nodes ?? []).flatMap((id) => seen.get(id) ?? []),
  )
  if (calls === null) return
  const names = calls.map((index) => functions[index]?.name ?? '').join(' → ')
  const which = calls.length === 1 ? `The function ${names} calls itself` : `The functions ${names} call each other`
  const Message = `${which} without end, so the model cannot run.`
  found.push({ Code: 'cycle', Message, Where: names })
}

function calledBy(nodes: readonly Node[]): string[] {
  return nodes.flatMap((node) => [
    functionScopeId({ domain: node.domain, name: node.operator, overload: node.overload }),
    ...subGraphs(node).flatMap((graph) => calledBy(graph.nodes)),
  ])
}

function namesOf({ inputs, initializers, sparseInitializers }: Graph): Set<string> {
  const names = new Set<string>()
  for (const { name } of inputs) names.add(name)
  for (const { name } of initializers) names.add(name)
  for (const { values } of sparseInitializers) names.add(values.name)
  return names
}

/** The names that these nodes and their sub-graphs use and that nothing here makes. `made` holds what is there before them. */
function unmade(nodes: readonly Node[], made: Set<string>, scope: string, found: Warning[]): Use[] {
  const early: Use[] = []
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index]
    if (node === undefined) continue
    for (let at = 0; at < node.inputs.length; at++) {
      const name = node.inputs[at] ?? ''
      if (name !== '' && !made.has(name)) early.push({ name, node: index })
    }
    for (const graph of subGraphs(node)) {
      for (const name of unmadeInside(graph, scope, found)) if (!made.has(name)) early.push({ name, node: index })
    }
    for (let at = 0; at < node.outputs.length; at++) made.add(node.outputs[at] ?? '')
  }
  const missing = early.filter(({ name }) => !made.has(name))
  // Nodes in another order than they run are common and harmless; only such can hold a cycle.
  if (missing.length < early.length) cycleWarning(nodes, early, scope, found)
  return missing
}

function unmadeInside(graph: Graph, scope: string, found: Warning[]): Set<string> {
  const made = namesOf(graph)
  const names = new Set(unmade(graph.nodes, made, scope, found).map(({ name }) => name))
  for (const { name } of graph.outputs) if (name !== '' && !made.has(name)) names.add(name)
  return names
}

const none: Graph[] = []

function subGraphs({ attributes }: Node): Graph[] {
  let graphs = none
  for (let at = 0; at < attributes.length; at++) {
    const value = attributes[at]?.value
    if (value?.type === 'graph') graphs = [...graphs, value.value]
    else if (value?.type === 'graphs') graphs = [...graphs, ...value.values]
  }
  return graphs
}

function cycleWarning(nodes: readonly Node[], early: readonly Use[], scope: string, found: Warning[]): void {
  const makers = new Map<string, number>()
  for (const [index, { outputs }] of nodes.entries())
    for (const name of outputs) if (name !== '') makers.set(name, index)
  const captured = new Map<number, string[]>()
  for (const { name, node } of early) captured.set(node, [...(captured.get(node) ?? []), name])
  const cycle = findCycle(nodes.length, (index) =>
    [...(nodes[index]?.inputs ?? []), ...(captured.get(index) ?? [])].flatMap((name) => makers.get(name) ?? []),
  )
  if (cycle === null) return
  const names = cycle.map((index) => nodes[index]?.outputs.find((name) => name !== '') ?? '')
  const shown = [...names.slice(0, 4), ...(names.length > 4 ? ['…'] : [])].map((name) => `“${name}”`).join(' → ')
  const which = names.length === 1 ? `The value ${shown} depends on itself` : `The values ${shown} depend on each other`
  const Message = `${which}, so the model cannot run.`
  found.push({ Code: 'cycle', Message, Where: scope === 'main' ? (names[0] ?? '') : scope })
}
