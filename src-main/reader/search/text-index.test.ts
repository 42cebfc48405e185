import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasBit } from './bits.ts'
import { readSearch } from './search-text.ts'
import { addTexts, findTexts, newTextIndex } from './text-index.ts'

const nothing = { titles: [], labels: [], bodies: [] }

/** Whether a search finds a function with one text. */
function finds(text: string, kind: keyof typeof nothing, search: string): boolean {
  const index = newTextIndex(1)
  addTexts(index, 0, { ...nothing, [kind]: [text] })
  return readSearch(search).every(({ words }) => words.every((word) => hasBit(findTexts(index, word, 1), 0)))
}

test('whatever more than one letter or digit long is literally in a name is found', () => {
  const letters = fc.constantFrom(...'abXY059-_. ()+型é'.split(''))
  const name = fc.array(fc.oneof(letters, fc.constantFrom('ResNet', 'yolov8n', 'int8', 'v1.5')), { maxLength: 12 })
  fc.assert(
    fc.property(name, fc.nat(), fc.nat(), (parts, from, length) => {
      const text = parts.join('')
      const part = text.slice(from % (text.length + 1)).slice(0, 2 + (length % 9))
      fc.pre((part.match(/[\p{L}\p{N}]/gu) ?? []).length > 1)
      expect({ text, part, found: finds(text, 'titles', part) }).toEqual({ text, part, found: true })
      expect(finds(text, 'labels', part.toUpperCase())).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

test.each([
  ['yolov8n', '8', true],
  ['yolov8n', 'n', true],
  ['yolox', 'x', false],
  ['ResNet', 'ne', true],
  ['MobileNetV2', 'v2', true],
  ['ResNet-50', 'resnet50', true],
  ['YOLO v8 nano', 'yolov8', true],
  ['resnet101', 'resnet50', false],
])('in the text %j %j is found: %s', (text, search, found) => expect(finds(text, 'bodies', search)).toBe(found))

test('two letters inside a word are looked for in names only', () => {
  expect(finds('detection', 'titles', 'io')).toBe(true)
  expect(finds('detection', 'bodies', 'io')).toBe(false)
})
