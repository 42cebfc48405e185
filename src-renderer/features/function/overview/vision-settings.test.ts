import { describe, expect, it } from 'vitest'
import { visionSettings, withSetting, writtenSetting } from './vision-settings.ts'

const read = (key: string, text: string) => visionSettings.find((one) => one.key === key)?.read(text)

describe('the settings of the vision driver', () => {
  it('refuse what no picture can have, in words', () => {
    expect(() => read('width', 'wide')).toThrow('“wide” is not a number.')
    expect(() => read('height', '-3')).toThrow('not a size in pixels')
    expect(() => read('channels', '2')).toThrow('1, 3 or 4 channels')
    expect(() => read('means', '127,5 x')).toThrow('“x” is not a number.')
    expect(() => read('vars', '1 0 1')).toThrow('Scale cannot be 0')
  })

  it('are written as they are read, and taken away by an empty text', () => {
    const details = withSetting({ order: 1 }, 'means', [127.5, 0.5])
    expect(writtenSetting(details, 'means')).toBe('127.5 0.5')
    expect(read('means', writtenSetting(details, 'means'))).toEqual([127.5, 0.5])
    expect(withSetting(details, 'means', null)).toEqual({ order: 1 })
    expect(writtenSetting({}, 'width')).toBe('')
  })
})
