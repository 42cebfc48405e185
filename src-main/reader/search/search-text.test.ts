import { expect, test } from 'vitest'
import { readSearch } from './search-text.ts'
import { searchesInside } from './words.ts'

const words = (text: string) => readSearch(text).flatMap((piece) => piece.words.map(({ text: word }) => word))

test('operators, quotes and other signs are text, never syntax', () => {
  expect(words('"unbalanced AND (x* OR -y) NEAR/3 ^col:z')).toEqual([
    'unbalanced',
    'and',
    'x',
    'or',
    'y',
    'near',
    '3',
    'col',
    'z',
  ])
})

test.each(['', '  ', '!?', '""', '\u00a0', '🙂'])('%j asks for nothing', (text) => expect(readSearch(text)).toEqual([]))

test('the beginning of a UUID is one from 8 digits on, in any case', () => {
  const uuid = (text: string) => readSearch(text)[0]?.uuid
  expect(uuid('DEADBEEF')).toBe('deadbeef')
  expect(uuid('14f08006-6d7c-4d2c-8e37-5d1f6f5a2b10')).toBe('14f08006-6d7c-4d2c-8e37-5d1f6f5a2b10')
  expect(uuid('14f08006-6d')).toBe('14f08006-6d')
  expect(uuid('14f0800')).toBeNull()
  expect(uuid('14f080066')).toBeNull()
  expect(uuid('resnet-50')).toBeNull()
})

test('letters are counted, not code units; an ideograph may begin a word anywhere', () => {
  expect(searchesInside('net')).toBe(true)
  expect(searchesInside('ne')).toBe(false)
  expect(searchesInside('𝔞𝔟')).toBe(false)
  expect(searchesInside('型')).toBe(true)
})
