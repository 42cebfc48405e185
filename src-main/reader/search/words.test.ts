import { expect, test } from 'vitest'
import { wordsOf } from './words.ts'

/** The words of a text, `|` where one begins inside. */
const marked = (text: string) =>
  wordsOf(text).map((word) =>
    [...word.text]
      .map((letter, at) => (at > 0 && at < 32 && (word.starts >>> at) & 1 ? `|${letter}` : letter))
      .join(''),
  )

test.each([
  ['resnet50', ['resnet|50']],
  ['ResNet-50-v1', ['res|net', '50', 'res|net|50', 'v|1']],
  ['ResNet50', ['res|net|50']],
  ['yolov8n-seg', ['yolov|8|n', 'seg']],
  ['YOLO v8 nano', ['yolo', 'v|8', 'yolo|v|8', 'nano']],
  ['HTMLParser', ['html|parser']],
  ['MobileNetV2', ['mobile|net|v|2']],
  ['model_int8.onnx', ['model', 'int|8', 'onnx']],
  ['2024-05-17', ['2024', '05', '17']],
  ['ÉtéNet2', ['ete|net|2']],
  ['Straße3', ['strasse|3']],
  ['图像 v2', ['图像', 'v|2', '图像|v|2']],
  ['', []],
])('%s', (text, words) => expect(marked(text)).toEqual(words))

test('of a word too long to be one, such as an encoded picture, the first letters count', () => {
  expect(marked('a'.repeat(100_000))).toEqual(['a'.repeat(256)])
  expect(marked('é'.repeat(100_000))).toEqual(['e'.repeat(256)])
})

test('beginnings past the 32nd letter are left out', () => {
  expect(marked(`${'a'.repeat(31)}1b`)).toEqual([`${'a'.repeat(31)}|1b`])
  expect(marked(`${'a'.repeat(40)}-5`)).toEqual(['a'.repeat(40), '5', `${'a'.repeat(40)}5`])
})
