import { expect, it } from 'vitest'
import { LARGEST, type Look, seenElement } from './preview-picture.ts'

// Protects the page: what lies in the data folder becomes a part of it, and must be a picture of this very window or nothing.

const look: Look = { width: 1280, height: 800, maximized: false, dark: true, scale: 1.25 }
const good = { look, jpeg: '/9j/4AAQ+A==', width: 1280 }
const elementOf = (content: unknown) => seenElement(JSON.stringify(content), look)

it('is an image as wide as the page', () => {
  expect(elementOf(good)).toBe(
    '<img id="last-seen" alt="" elementtiming="last-seen" decoding="sync" width="1280" src="data:image/jpeg;base64,/9j/4AAQ+A==">',
  )
})

it('is nothing where the file is damaged', () => {
  for (const text of ['', '{', 'null', '[]', '3', '"text"', '\0\0', JSON.stringify(good).slice(0, -4)])
    expect(seenElement(text, look)).toBe('')
  for (const key of ['look', 'jpeg', 'width']) expect(elementOf({ ...good, [key]: undefined })).toBe('')
})

it('lets nothing but a picture into the page', () => {
  const hostile = [
    '"><h1>foreign</h1>',
    'AAAA" onload="alert(1)',
    'AAAA\n',
    "AAAA'",
    'AA AA',
    '&quot;',
    '',
    '==',
    'é',
    7,
    [good.jpeg],
  ]
  for (const jpeg of hostile) expect(elementOf({ ...good, jpeg })).toBe('')
  for (const width of ['1280"><h1>', '1280', null, -1, 0, 100_000, {}]) expect(elementOf({ ...good, width })).toBe('')
  expect(seenElement(JSON.stringify(good).replace('"width":1280}', '"width":1e999}'), look)).toBe('')
  expect(elementOf({ ...good, jpeg: 'A'.repeat(LARGEST * 2) })).toBe('')
})

it('is nothing where the window looks different now', () => {
  const others = [{ width: 700 }, { height: 700 }, { maximized: true }, { dark: false }, { scale: 1 }]
  for (const other of others) expect(elementOf({ ...good, look: { ...look, ...other } })).toBe('')
})
