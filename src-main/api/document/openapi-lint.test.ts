import { createConfig, lintFromString } from '@redocly/openapi-core'
import { expect, it } from 'vitest'
import { operations as described } from '../../../src-contract/operations/operations.ts'
import { readDocument } from '../testing/document.ts'
import { openTestApi } from '../testing/test-api.ts'

// Protects whoever feeds the document to a generator or a validator: a linter of the field, with every rule it recommends taken
// as an error, finds nothing; its examples fit their schemas among them.

const api = await openTestApi()
const documents = await Promise.all(
  ['/openapi.json', '/openapi.json?private=true'].map(async (path) => (await api.ask(path, {}, null)).body),
)
await api.remove()
const [shown, whole] = documents

async function problemsOf(document: unknown): Promise<string[]> {
  const config = await createConfig({ extends: ['recommended-strict'] })
  const source = JSON.stringify(document)
  const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config })
  return problems.map(({ ruleId, message, location }) => `${ruleId} at ${location[0]?.pointer}: ${message}`)
}

it.each([
  ['shown', shown],
  ['whole', whole],
])('the document as it is %s passes', async (_, document) => {
  expect(await problemsOf(document)).toEqual([])
})

it('a document with an example that is wrong does not', async () => {
  const wrong = JSON.stringify(whole).replace('{"Connected":true}', '{"Connected":"yes"}')
  expect(await problemsOf(JSON.parse(wrong))).toEqual([expect.stringContaining('example')])
})

it('no generator has to choose between bodies, and no name of a schema hides one of JavaScript', () => {
  const { operations, components } = readDocument(whole)
  const bodies = operations.flatMap(({ operationId, requestBody }) =>
    requestBody ? [{ operationId, ...requestBody }] : [],
  )
  expect(bodies.filter(({ content }) => Object.keys(content).length !== 1)).toEqual([])
  expect(bodies.filter(({ required }) => !required).map(({ operationId }) => operationId)).toEqual(['refreshToken'])
  const taken = [...Object.getOwnPropertyNames(globalThis), 'Document', 'Image', 'Node', 'Notification', 'Option']
  expect(Object.keys(components).filter((name) => taken.includes(name))).toEqual([])
})

it('answers are open to keys of later versions', () => {
  const { operations, components } = readDocument(whole)
  const answers = JSON.stringify(operations.map(({ responses }) => responses))
  expect(answers).not.toContain('"additionalProperties":false')
  const named = [...answers.matchAll(/schemas\/(\w+)/g)].map(([, name]) => components[name ?? ''])
  expect(JSON.stringify(named)).not.toContain('"additionalProperties":false')
})

it('every operation says its time limit, and none has a limit that is not said', () => {
  const { operations } = readDocument(whole)
  const said = operations.flatMap(({ operationId, description }) => {
    const [, minutes, seconds] = /Time-out set to (?:(\d+)m)?(\d+)s\./.exec(description) ?? []
    return seconds === undefined ? [] : [[operationId, (Number(minutes ?? 0) * 60 + Number(seconds)) * 1_000]]
  })
  const limits = Object.entries(described).flatMap(([id, { limit }]) => (limit === null ? [] : [[id, limit]]))
  expect(Object.fromEntries(said)).toEqual(Object.fromEntries(limits))
})
