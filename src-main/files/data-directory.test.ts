import { describe, expect, it } from 'vitest'
import { defaultDataDirectory, type Surroundings } from './data-directory.ts'

// Protects people's data from being looked for in the wrong place after an update, on every platform.

describe('the default data folder', () => {
  const cases: [string, Surroundings, string][] = [
    ['Linux', { platform: 'linux', environment: {}, home: '/home/ada' }, '/home/ada/.local/share/model-cabinet'],
    [
      'Linux with XDG_DATA_HOME',
      { platform: 'linux', environment: { XDG_DATA_HOME: '/data' }, home: '/home/ada' },
      '/data/model-cabinet',
    ],
    [
      'Linux with a relative XDG_DATA_HOME',
      { platform: 'linux', environment: { XDG_DATA_HOME: 'data' }, home: '/home/ada' },
      '/home/ada/.local/share/model-cabinet',
    ],
    [
      'Linux with an empty XDG_DATA_HOME',
      { platform: 'linux', environment: { XDG_DATA_HOME: '' }, home: '/home/ada' },
      '/home/ada/.local/share/model-cabinet',
    ],
    [
      'macOS',
      { platform: 'darwin', environment: { XDG_DATA_HOME: '/data' }, home: '/Users/ada' },
      '/Users/ada/Library/Application Support/Model Cabinet',
    ],
    [
      'Windows',
      { platform: 'win32', environment: { APPDATA: 'D:\\Roaming' }, home: 'C:\\Users\\ada' },
      'D:\\Roaming\\Model Cabinet',
    ],
    [
      'Windows without APPDATA',
      { platform: 'win32', environment: {}, home: 'C:\\Users\\ada' },
      'C:\\Users\\ada\\AppData\\Roaming\\Model Cabinet',
    ],
  ]
  it.each(cases)('of %s', (_, surroundings, folder) => {
    expect(defaultDataDirectory(surroundings)).toBe(folder)
  })
})
