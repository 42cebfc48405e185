/** One step of the way to a scope, to be gone back to. */
export type Crumb = { id: string; words: string }

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The name of a model-local function's scope, whose parts are escaped (see the graph page of the API). */
export const functionScope = ({ Domain, Name }: { Domain: string; Name: string }): string =>
  `function:${encodeURIComponent(Domain)}:${encodeURIComponent(Name)}`

/** The way from the main graph or a function to a scope: `main/12.then_branch` is `Main graph`, `then_branch of node 12`. */
export function crumbsOf(scope: string, mainName: string): Crumb[] {
  const [first = 'main', ...rest] = scope.split('/')
  const root = first === 'main' ? mainName || 'Main graph' : first.split(':').slice(2).map(decoded).join(':') || first
  const crumbs: Crumb[] = [{ id: first, words: root }]
  let id = first
  for (const part of rest) {
    id = `${id}/${part}`
    const [node = '', attribute = '', index] = part.split('.')
    const name = index === undefined ? decoded(attribute) : `${decoded(attribute)} ${index}`
    crumbs.push({ id, words: `${name} of node ${node}` })
  }
  return crumbs
}
