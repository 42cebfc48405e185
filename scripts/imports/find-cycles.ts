/** One cycle of each group of nodes that lead back to each other, as a path that ends where it began. */
export function findCycles(edges: Iterable<{ from: string; to: string }>): string[][] {
  const targets = new Map<string, Set<string>>()
  for (const { from, to } of edges) targets.set(from, (targets.get(from) ?? new Set()).add(to))
  const cycles: string[][] = []
  const done = new Set<string>()
  const path: string[] = []
  const visit = (node: string) => {
    const start = path.indexOf(node)
    if (start >= 0) cycles.push([...path.slice(start), node])
    if (start >= 0 || done.has(node)) return
    path.push(node)
    for (const target of targets.get(node) ?? []) visit(target)
    path.pop()
    done.add(node)
  }
  for (const node of targets.keys()) visit(node)
  return cycles
}
