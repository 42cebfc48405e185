import { describe, expect, it } from 'vitest'
import { OptionName, options, readOption } from './option.ts'

describe('the name convention', () => {
  it('lists the same options everywhere', () => {
    expect(Object.keys(options)).toEqual(OptionName.options)
  })

  it('reads labels and settings', () => {
    expect(readOption('bboxes-format:xyxysc;0:Person;1:Bike')).toEqual({
      name: 'bboxes',
      labels: [
        { Id: 'format', Label: 'xyxysc' },
        { Id: '0', Label: 'Person' },
        { Id: '1', Label: 'Bike' },
      ],
      problem: null,
    })
  })

  it('leaves other names alone, also those that only begin alike', () => {
    for (const name of ['input', 'images', 'scores_1', '', 'constructor', 'image.1'])
      expect(readOption(name)).toBeNull()
  })

  it('says what is wrong with a name that breaks it', () => {
    expect(readOption('scores-cat')?.problem).toBe('“cat” is not of the form id:label')
    expect(readOption('scores-0:')?.problem).toContain('not of the form')
    expect(readOption('scores-0:Cat;0:Dog')?.problem).toBe('it contains an id more than once')
  })
})
