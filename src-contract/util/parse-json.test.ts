import { expect, test } from 'vitest'
import { parseJson } from './parse-json.ts'

// Protects what was written from being read as less: a filter whose only key is passed over would choose everything.

const about = { what: 'The body' }

test.each([
  '{"Filter": {"__proto__": "x"}}',
  '{"Filter": {"q": "a", "__proto__": {"b": 1}}}',
  '{"\\u005f_proto__": 1}',
  '{"__\\u0070roto__": 1}',
  '[{"_\\u005Fprot\\u006f__": 9007199254740993}]',
])('a key that objects do not keep is refused: %s', (text) => {
  expect(() => parseJson(text, about)).toThrow('A key must not be “__proto__”.')
})

test('the same word as a text is a text, and long integers keep their digits', () => {
  expect(parseJson('{"a": "__proto__", "b": 12345678901234567890, "c": "\\u0070"}', about)).toEqual({
    a: '__proto__',
    b: '12345678901234567890',
    c: 'p',
  })
})
