import { expect, it } from 'vitest'
import { z } from 'zod'
import { openTestPort } from './testing/test-port.ts'

// Protects readers of the document, which says these headers once, and everybody from an answer that goes without them.

const Document = z.object({ info: z.object({ description: z.string() }) })

it('every answer of the port carries the headers that the document names', async () => {
  const port = await openTestPort()
  const { description } = Document.parse(await (await port.fetch('/openapi.json')).json()).info
  const named = [...description.matchAll(/`([A-Z][A-Za-z-]+): ([a-z-]+)`/g)].map(([, name = '', value = '']) => [
    name,
    value,
  ])
  expect(named.length).toBeGreaterThanOrEqual(4)

  const { url, port: number } = port.opened
  const paths = [
    '/status',
    '/functions',
    '/nowhere',
    '/',
    '/openapi.html',
    '/sign-in',
    new URL(port.opened.signInUrl).pathname,
  ]
  for (const path of paths) {
    const response = await fetch(url + path, { redirect: 'manual' })
    expect(Object.fromEntries(response.headers), path).toMatchObject(
      Object.fromEntries(named.map(([name = '', value = '']) => [name.toLowerCase(), value])),
    )
  }
  for (const text of [
    'hello\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n',
    'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n',
    `GET /status HTTP/1.1\r\nHost: 127.0.0.1:${number}\r\nExpect: wonders\r\n\r\n`,
  ]) {
    const answer = await port.exchange(text)
    for (const [name, value] of named) expect(answer, text).toContain(`\r\n${name}: ${value}\r\n`)
  }
  await port.remove()
})
