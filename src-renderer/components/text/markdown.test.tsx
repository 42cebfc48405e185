import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import Markdown from './markdown.tsx'

// Protects who reads a stranger's documentation: a click opens a page of the web and starts no program.

const shown = (text: string) => renderToStaticMarkup(<Markdown text={text} />)

it.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'file:///etc/passwd',
  'smb://example.org/share',
  'ms-msdt:/id',
  'vscode://file/etc/passwd',
  'mailto:a@example.org',
  'data:text/html,x',
  'model-cabinet://open',
  '//example.org/x',
  '/admin/export',
  './LICENSE',
])('a link to %s is none (CVE-2026-43899)', (address) => {
  for (const text of [
    `[click](${address})`,
    `<${address}>`,
    `![picture](${address})`,
    `[r]\n\n[r]: ${address}`,
    `<a href="${address}">x</a>`,
  ]) {
    expect(shown(text)).not.toMatch(/<a |<img/)
  }
})

it('a link to a page of the web is one', () => {
  expect(shown('[click](https://example.org/x)')).toContain('href="https://example.org/x"')
  expect(shown('http://example.org')).toContain('href="http://example.org"')
})
