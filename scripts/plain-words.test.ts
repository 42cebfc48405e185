import { describe, expect, it } from 'vitest'
import { findStiltedPhrases } from './plain-words.ts'

const found = (path: string, content: string) =>
  findStiltedPhrases(path, content).map(({ line, text }) => `${line} ${text}`)

describe('phrases that a native reader would not write', () => {
  it('are found in strings, templates, text between tags and documents, with their line', () => {
    expect(found('a.ts', "const a = 1\nconst b = 'Nobody reads it'")).toEqual(['2 Nobody'])
    expect(found('a.ts', 'throw new Problem(`\n\nThis is no model.`)')).toEqual(['3 is no m'])
    expect(found('a.tsx', '<p>\n  What becomes of it\n</p>')).toEqual(['2 becomes of'])
    expect(found('a.md', 'one\n\nthe second stands there')).toEqual(['3 stands'])
  })

  it('are passed over in comments, names and import paths', () => {
    expect(
      found('a.ts', "// nobody\n/* beside\n * told */\nimport { told } from './told.ts'\nconst whoever = told"),
    ).toEqual([])
  })

  it('are not words that only look like them', () => {
    expect(found('a.md', 'There is no function with this name. Besides, it standstill.')).toEqual([])
  })
})
