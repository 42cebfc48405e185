import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readCard } from './read-card.ts'
import { writeCard } from './write-card.ts'

// A model card is written by anybody: what it says is taken, what is wrong with it is a sentence, and nothing of it is lost on the way out.

const folder = mkdtempSync(join(tmpdir(), 'cabinet-cards-'))
afterAll(() => rmSync(folder, { recursive: true }))
function file(content: string | Uint8Array): string {
  const path = join(folder, 'README.md')
  writeFileSync(path, content)
  return path
}
const read = (content: string | Uint8Array) => readCard(file(content), 'README.md')

const card = `---
# how it may be used
license:   apache-2.0
language: [no, en]
tags:
- onnx
- "vision"   # quoted
pipeline_tag: image-classification
base_model:
  - google/vit-base
library_name: timm
thumbnail: null
model-index:
- name: vit
  results:
  - task: {type: image-classification}
    dataset: {type: imagenet, name: ImageNet}
    metrics:
    - {type: accuracy, value: 0.912}
    - {type: f1, name: F1, value: "90.1 %"}
---

# ViT

Knows *cats*.
`

const values = {
  Documentation: '# ViT\n\nKnows *cats*.',
  Licence: 'Apache-2.0',
  Tags: ['onnx', 'vision'],
  SourceTask: 'image-classification',
  SourceBaseModel: 'google/vit-base',
}
const written = { ...values, Name: 'ViT', Source: {} }

describe('reading a card', () => {
  it('takes what a function has a place for', () => {
    expect(read(card)).toEqual({ ...values, Fields: { accuracy: 0.912, F1: '90.1 %' }, Problem: null })
    expect(read(`\uFEFF${card.replaceAll('\n', '\r\n')}`)).toMatchObject({ Licence: 'Apache-2.0', Problem: null })
  })
  it('tells metrics of several data sets apart, and keeps the terms of a licence without an identifier', () => {
    const metrics = (name: string) => `  - dataset: {name: ${name}}\n    metrics: [{type: accuracy, value: 0.5}]\n`
    const index = `model-index:\n- results:\n${metrics('A')}${metrics('B')}`
    expect(read(`---\nlicense: other\nlicense_name: llama3.1\n${index}---\n`)).toMatchObject({
      Licence: 'llama3.1',
      Fields: { 'accuracy (A)': 0.5, 'accuracy (B)': 0.5 },
    })
  })
  it('passes over what is of another kind than it should be', () => {
    const strange =
      'license: {a: 1}\ntags: {b: [1]}\npipeline_tag: [x]\nbase_model: 7\nmodel-index: [1, {results: [[]]}]\n__proto__: {x: 1}\n'
    expect(read(`---\n${strange}---\nText`)).toEqual({
      Documentation: 'Text',
      Licence: null,
      Tags: [],
      SourceTask: null,
      SourceBaseModel: '7',
      Fields: {},
      Problem: null,
    })
  })
  it.each([
    ['tags that call code', '!!js/function "x"', /line 1 is not plain YAML .*js\/function/],
    ['brackets within brackets', '['.repeat(100_000), /nested too deeply/],
    ['a bomb of aliases', aliasBomb(), /repeats values more than 100 times/],
    ['broken YAML', '"unclosed', /line \d is not plain YAML/],
    ['a list', '- a\n- b', /not a list of keys and values/],
  ])('says what is wrong with %s, and keeps the text', (_, yaml, sentence) => {
    const { Problem, ...rest } = read(
      `---\na: 1\n${yaml.startsWith('-') ? '' : 'tags: '}${yaml}\n---\nText`.replace('a: 1\n', ''),
    )
    expect(Problem).toMatch(sentence)
    expect(Problem).toMatch(/^The front matter of README\.md was not read: .*\.$/)
    expect(rest).toMatchObject({ Documentation: 'Text', Licence: null, Tags: [] })
  })
  it.each([
    [
      '10 MB',
      `---\nlicense: mit\n---\n${'x'.repeat(10_000_000)}`,
      'README.md was not read: it has 10.0 MB, more than the limit',
    ],
    [
      'another encoding',
      Buffer.from('---\nlicense: mit\n---\n\xe9t\xe9', 'latin1'),
      'README.md was not read: it is not UTF-8',
    ],
  ])('reads nothing of a card with %s', (_, content, sentence) => {
    expect(read(content)).toMatchObject({
      Documentation: '',
      Licence: null,
      Problem: expect.stringContaining(sentence),
    })
  })
})

describe('writing a card', () => {
  it('gives back the original byte by byte where all of it still holds', () => {
    for (const text of [card, card.replaceAll('\n', '\r\n'), '# Only text', '---\n---\nText']) {
      const { Fields: _, Problem: __, ...said } = read(text)
      expect(writeCard(file(text), { ...said, Name: 'x', Source: {} })).toBe(text)
    }
  })
  it('changes what is otherwise now and keeps the rest, comments too', () => {
    const path = file(card)
    const changed = writeCard(path, { ...written, Licence: 'MIT', Tags: ['onnx'], Documentation: 'New.' })
    for (const kept of ['# how it may be used', 'library_name: timm', 'thumbnail: null', 'value: 0.912']) {
      expect(changed).toContain(kept)
    }
    expect(read(changed)).toMatchObject({
      ...values,
      Licence: 'MIT',
      Tags: ['onnx'],
      Documentation: 'New.',
      Problem: null,
    })
    expect(writeCard(file(card), { ...written, Licence: null, Tags: [] })).not.toMatch(/license|vision/)
  })
  it('writes one where there was none, or one that cannot be read', () => {
    const hostile = {
      ...written,
      Licence: 'My terms: "all" # mine',
      Source: { url: 'https://example.org/a', name: 'a' },
    }
    for (const original of [null, file('---\na: [\n---\nText')]) {
      expect(read(writeCard(original, hostile))).toMatchObject({ ...values, Licence: hostile.Licence, Problem: null })
    }
    const bare = { ...written, Licence: null, Tags: [], SourceTask: null, SourceBaseModel: null, Documentation: '' }
    expect(writeCard(null, bare)).toBe('\n# ViT\n')
  })
})

function aliasBomb(): string {
  const names = [...'abcdefgh']
  const lines = names.map(
    (name, at) =>
      `${name}: &${name} [${Array(9)
        .fill(at === 0 ? '1' : `*${names[at - 1]}`)
        .join(', ')}]`,
  )
  return `x\n${lines.join('\n')}`
}
