import type { Graph, Model, ModelFunction, Node } from './model.ts'

/** A list of nodes and where it stands: the main graph, a sub-graph of a node, or a function. */
export type Scope = {
  /** Its name on the graph page: `main`, `main/12.then_branch`, `function:my.domain:MyOperator`. */
  id: string
  nodes: Node[]
  graph: Graph | null
}

/** The scopes that run when the model runs, outer ones first: the main graph, functions, and their sub-graphs. */
export function inferenceScopes(model: Model): Scope[] {
  const scopes: Scope[] = []
  collectGraph('main', model.graph, scopes)
  for (const made of model.functions) collectNodes(functionScopeId(made), made.nodes, null, scopes)
  return scopes
}

/** The scopes that only run when the model is trained. */
export function trainingScopes(model: Model): Scope[] {
  const scopes: Scope[] = []
  for (const [index, training] of model.training.entries()) {
    if (training.initialization !== null)
      collectGraph(trainingScopeId(index, 'initialization'), training.initialization, scopes)
    if (training.algorithm !== null) collectGraph(trainingScopeId(index, 'algorithm'), training.algorithm, scopes)
  }
  return scopes
}

/** The name of the scope of a training step's graph. */
export function trainingScopeId(step: number, part: 'initialization' | 'algorithm'): string {
  return `training:${step}.${part}`
}

/** The name of a function's scope. Its parts are escaped, so that the separators in it are the only ones. */
export function functionScopeId(made: Pick<ModelFunction, 'domain' | 'name' | 'overload'>): string {
  const parts = made.overload === '' ? [made.domain, made.name] : [made.domain, made.name, made.overload]
  return `function:${parts.map(encodePart).join(':')}`
}

/** The name of the scope of a sub-graph: which node holds it, in which attribute, and which one of a list. */
export function subGraphScopeId(parent: string, node: number, attribute: string, index: number | null): string {
  return `${parent}/${node}.${encodeAttribute(attribute)}${index === null ? '' : `.${index}`}`
}

/** An attribute's name in a scope id, where a dot separates. */
export function encodeAttribute(name: string): string {
  return encodePart(name).replaceAll('.', '%2E')
}

/** Percent-encoding of a part of a scope id, which also takes text that is no valid Unicode. */
function encodePart(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

function collectGraph(id: string, graph: Graph, into: Scope[]): void {
  collectNodes(id, graph.nodes, graph, into)
}

function collectNodes(id: string, nodes: Node[], graph: Graph | null, into: Scope[]): void {
  into.push({ id, nodes, graph })
  for (let index = 0; index < nodes.length; index++) {
    const attributes = nodes[index]?.attributes ?? []
    for (let at = 0; at < attributes.length; at++) {
      const { name = '', value } = attributes[at] ?? {}
      if (value?.type === 'graph') collectGraph(subGraphScopeId(id, index, name, null), value.value, into)
      else if (value?.type === 'graphs') {
        for (const [k, graph] of value.values.entries()) collectGraph(subGraphScopeId(id, index, name, k), graph, into)
      }
    }
  }
}
