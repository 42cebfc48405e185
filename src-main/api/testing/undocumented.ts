import type { DocumentedOperation, ReadDocument } from './document.ts'
import { complaints } from './json-schema.ts'

/** Headers that HTTP itself explains. */
const plain = ['content-type', 'content-length', 'content-range', 'cache-control', 'allow']

/**
 * What in an answer the document does not tell: its status, a header, its type, or anything in its body; empty where all is told.
 * A stream of events is left after its headers, for it has no end.
 */
export async function undocumented(
  { components }: ReadDocument,
  { responses }: DocumentedOperation,
  response: Response,
): Promise<string[]> {
  const said = responses[String(response.status)]
  if (!said) return [`status ${response.status}: ${(await response.text()).slice(0, 300)}`]
  const headers = Object.entries(said.headers ?? {}).map(
    ([name, { required }]) => [name.toLowerCase(), required] as const,
  )
  const known = [...plain, ...headers.map(([name]) => name)]
  const found = [
    ...[...response.headers.keys()].filter((name) => !known.includes(name)).map((name) => `header ${name}`),
    ...headers.filter(([name, required]) => required && !response.headers.has(name)).map(([name]) => `no ${name}`),
  ]
  const type = response.headers.get('content-type')?.split(';')[0] ?? ''
  const types = Object.keys(said.content ?? {})
  if (type !== '' && !types.includes(type) && !types.includes('*/*')) found.push(`type ${type}`)
  if (type === 'text/event-stream') await response.body?.cancel()
  else if (type === 'application/json') {
    const schema = said.content?.[type]?.schema
    const body: unknown = await response.json()
    found.push(...(schema ? complaints(body, schema, components) : ['a body of JSON']))
  } else {
    const { byteLength } = await response.arrayBuffer()
    if (types.length === 0 && byteLength > 0) found.push('a body')
  }
  return found
}
