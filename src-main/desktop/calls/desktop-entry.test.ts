import { expect, it } from 'vitest'
import { desktopEntry } from './desktop-entry.ts'

const execOf = (command: string[]) => /^Exec=(.*)$/m.exec(desktopEntry('Model Cabinet', command))?.[1]

it('quotes what the specification says', () => {
  expect(execOf(['/opt/Model Cabinet/app', '--data', '/home/a'])).toBe('"/opt/Model Cabinet/app" "--data" "/home/a"')
  // `"` is escaped in the argument, and the backslash once more in the value.
  expect(execOf(['a"b'])).toBe('"a\\\\"b"')
  expect(execOf(['$HOME'])).toBe('"\\\\$HOME"')
  expect(execOf(['100%'])).toBe('"100%%"')
  expect(execOf(['a\\b'])).toBe('"a\\\\\\\\b"')
})

it('is one line whatever the name of a folder', () => {
  expect(desktopEntry('Model Cabinet', ['a\nHidden=true']).split('\n')).toHaveLength(6)
})
