import { describe, expect, it } from 'vitest'
import { readPartHeader } from './part-header.ts'

// Protects file names as curl, browsers and Python send them, and the device that a file is for.

const read = (disposition: string, type?: string) =>
  readPartHeader({
    'content-disposition': [Buffer.from(disposition).toString('latin1')],
    ...(type !== undefined && { 'content-type': [type] }),
  })

describe('the header of a part', () => {
  it.each([
    ['form-data; name="file"; filename="m.onnx"', { name: 'file', fileName: 'm.onnx' }],
    ['form-data; name=file; filename=m.onnx', { name: 'file', fileName: 'm.onnx' }],
    ['Form-Data;name="a";filename=""', { name: 'a', fileName: '' }],
    ['form-data; name="data"', { name: 'data', fileName: '' }],
    ['form-data; name="file"; filename="a\\"b\\\\c.onnx"', { name: 'file', fileName: 'a"b\\c.onnx' }],
    ['form-data; name="file"; filename="a%22b.onnx"', { name: 'file', fileName: 'a"b.onnx' }],
    ['form-data; name="file"; filename="naïve 模型.onnx"', { name: 'file', fileName: 'naïve 模型.onnx' }],
    ['form-data; name="file"; filename*=utf-8\'\'na%C3%AFve.onnx', { name: 'file', fileName: 'naïve.onnx' }],
    ['form-data; name="file"; filename="a;b.onnx"', { name: 'file', fileName: 'a;b.onnx' }],
  ])('%s', (disposition, expected) => {
    expect(read(disposition)).toMatchObject(expected)
  })

  it.each(['', 'form-data', 'form-data; filename="a"', 'attachment; name="file"'])(
    '%j is none of a form',
    (disposition) => {
      expect(read(disposition)).toBeUndefined()
    },
  )

  it('keeps the whole type of a file', () => {
    const type = 'application/x-onnx; device=hailo'
    expect(read('form-data; name="download"; filename="x"', type)?.contentType).toBe(type)
  })
})
