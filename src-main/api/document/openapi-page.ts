import { randomBytes } from 'node:crypto'
import { type Html, html, join, raw } from './html.ts'
import type { OpenApiDocument } from './openapi-document.ts'

type Operation = NonNullable<NonNullable<OpenApiDocument['paths']>[string]['get']>
type Located = { method: string; path: string; operation: Operation }

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

/**
 * The document as a page for people: one file without scripts, made from the same document that programs read, so that
 * it works offline. `policy` is the Content-Security-Policy it needs.
 */
export function openApiPage(document: OpenApiDocument): { html: string; policy: string } {
  const nonce = randomBytes(16).toString('base64')
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method): Located[] => {
      const operation = item[method]
      return operation ? [{ method, path, operation }] : []
    }),
  )
  const sections = (document.tags ?? []).map((tag) => ({
    ...tag,
    operations: operations.filter(({ operation }) => operation.tags?.includes(tag.name)),
  }))
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${document.info.title} ${document.info.version}</title>
<style nonce="${nonce}">${raw(style)}</style>
</head>
<body>
<nav aria-label="Operations">
<h2>${document.info.title}</h2>
${join(sections.map(({ name, operations: own }) => html`<h3>${name}</h3><ul>${join(own.map(link))}</ul>`))}
<h3>Schemas</h3>
<ul>${join(Object.keys(document.components?.schemas ?? {}).map((name) => html`<li><a href="#schema-${name}">${name}</a></li>`))}</ul>
</nav>
<main>
<h1>${document.info.title} <small>${document.info.version}</small></h1>
<p>${withCode(document.info.description ?? '')}</p>
<p>The same for programs: <a href="openapi.json">openapi.json</a>.</p>
${join(sections.map(({ name, description, operations: own }) => html`<section><h2>${name}</h2><p>${description}</p>${join(own.map(operationArticle))}</section>`))}
<section><h2>Schemas</h2>
${join(Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => html`<article id="schema-${name}"><h3>${name}</h3>${pretty(schema)}</article>`))}
</section>
</main>
</body>
</html>
`
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
  return { html: page.text, policy }
}

function link({ method, operation }: Located): Html {
  return html`<li><a href="#${operation.operationId}"><span class="method ${method}">${method}</span> ${operation.summary}</a></li>`
}

function operationArticle({ method, path, operation }: Located): Html {
  const { operationId, summary, description, parameters = [], requestBody, responses = {} } = operation
  return html`<article id="${operationId}">
<h3>${summary}</h3>
<p class="path"><span class="method ${method}">${method}</span> <code>${path}</code></p>
${join((description ?? '').split('\n\n').map((paragraph) => html`<p>${withCode(paragraph)}</p>`))}
${parameters.length > 0 ? html`<h4>Parameters</h4><dl>${join(parameters.map(parameterRow))}</dl>` : ''}
${requestBody && 'content' in requestBody ? html`<h4>Request body</h4>${join(Object.entries(requestBody.content).map(contentBlock))}` : ''}
<h4>Responses</h4>
<dl>${join(Object.entries(responses).map(responseRow))}</dl>
</article>`
}

function parameterRow(parameter: NonNullable<Operation['parameters']>[number]): Html {
  if ('$ref' in parameter) return html`<dt>${reference(parameter.$ref)}</dt>`
  return html`<dt><code>${parameter.name}</code> <small>${parameter.in}${parameter.required ? ', required' : ''}</small></dt>
<dd>${withCode(parameter.description ?? '')} ${short(parameter.schema)}</dd>`
}

function responseRow([status, response]: [string, { description?: string; content?: object }]): Html {
  const content = Object.entries(response.content ?? {})
  const isError = Number(status) >= 400
  return html`<dt><code>${status}</code></dt><dd>${withCode(response.description ?? '')} ${isError ? '' : join(content.map(contentBlock))}</dd>`
}

function contentBlock([type, { schema, example }]: [string, { schema?: unknown; example?: unknown }]): Html {
  return html`<div><small>${type}</small> ${short(schema)}${example === undefined ? '' : html`<details open><summary>Example</summary>${pretty(example)}</details>`}</div>`
}

/** A schema in a word, or behind a click. */
function short(schema: unknown): Html {
  if (typeof schema !== 'object' || schema === null) return html``
  if ('$ref' in schema && typeof schema.$ref === 'string') return reference(schema.$ref)
  if ('type' in schema && schema.type === 'array' && 'items' in schema) return html`list of ${short(schema.items)}`
  if ('properties' in schema || 'anyOf' in schema)
    return html`<details><summary>Schema</summary>${pretty(schema)}</details>`
  if ('enum' in schema && Array.isArray(schema.enum)) return html`<small>one of ${schema.enum.join(', ')}</small>`
  return 'type' in schema ? html`<small>${String(schema.type)}</small>` : html``
}

function reference(target: string): Html {
  const name = target.split('/').at(-1) ?? ''
  return html`<a href="#schema-${name}">${name}</a>`
}

const pretty = (value: unknown) => html`<pre>${JSON.stringify(value, null, 2)}</pre>`

/** Markdown's only sign in the document: `code`. */
function withCode(text: string): Html {
  return join(text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`)))
}

const style = `
:root { color-scheme: light dark; --ink: #16201f; --second: #52605e; --line: #e3e6e6; --side: #f6f7f7; --ground: #fff; --accent: #0f766e }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eeec; --second: #a5b2af; --line: #29302e; --side: #101413; --ground: #141817; --accent: #2dd4bf } }
body { margin: 0; display: grid; grid-template-columns: 300px minmax(0, 1fr); font: 15px/1.5 Inter, system-ui, sans-serif; color: var(--ink); background: var(--ground) }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; box-sizing: border-box; padding: 16px; background: var(--side); border-right: 1px solid var(--line); font-size: 13px }
nav ul { list-style: none; margin: 0; padding: 0 } nav li a { display: block; padding: 3px 0; color: inherit; text-decoration: none } nav a:hover { color: var(--accent) }
nav h3 { margin: 16px 0 4px; font-size: 12px; color: var(--second) }
main { padding: 24px 40px; max-width: 860px } a { color: var(--accent) } small, dd { color: var(--second) }
article { border-top: 1px solid var(--line); padding: 16px 0 } h4 { margin: 16px 0 4px } dt { margin-top: 8px } dd { margin-left: 0 }
.method { display: inline-block; min-width: 48px; font: 600 11px ui-monospace, monospace; text-transform: uppercase; color: var(--accent) }
code, pre { font-family: 'JetBrains Mono', ui-monospace, monospace; font-size: 13px } pre { overflow: auto; padding: 12px; background: var(--side); border: 1px solid var(--line); border-radius: 6px }
@media (max-width: 800px) { body { display: block } nav { position: static; height: auto } main { padding: 16px } }
`
