import { describe, expect, it } from 'vitest'
import { cutPieces, pieces } from './matches.ts'

const marked = (text: string, search: string) =>
  pieces(text, search)
    .map((piece) => (piece.hit ? `[${piece.text}]` : piece.text))
    .join('')

describe('marking matches', () => {
  it('takes the words of a search literally', () => {
    expect(marked('a.b axb (c)', 'a.b (c)')).toBe('[a.b] axb [(c)]')
    expect(marked('model', '\\d+')).toBe('model')
  })

  it('marks long words anywhere and short ones at a beginning', () => {
    expect(marked('silero_vad', 'LERO')).toBe('si[lero]_vad')
    expect(marked('net unet', 'ne')).toBe('[ne]t unet')
  })

  it('loses nothing of the text', () => {
    expect(pieces('', 'abc')).toEqual([{ text: '', hit: false }])
    expect(marked('abc', '')).toBe('abc')
    expect(marked('vad vad', 'vad')).toBe('[vad] [vad]')
  })
})

describe('cutting a marked text', () => {
  it('loses nothing, and parts the piece that lies across the cut', () => {
    const parts = pieces('abc quant v2', 'quant')
    const texts = (place: number) =>
      cutPieces(parts, place).map((side) => side.map(({ text, hit }) => (hit ? `[${text}]` : text)).join(''))
    expect(texts(6)).toEqual(['abc [qu]', '[ant] v2'])
    expect(texts(4)).toEqual(['abc ', '[quant] v2'])
    expect(texts(0)).toEqual(['', 'abc [quant] v2'])
    expect(texts(99)).toEqual(['abc [quant] v2', ''])
  })
})
