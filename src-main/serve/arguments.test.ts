import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { serveArguments } from './arguments.ts'

// Protects people from a stack trace, or from a cabinet in the wrong place, after a slip on the command line.

describe('the command line of serve', () => {
  it('reads every option', () => {
    const options = serveArguments([
      '--data',
      'models',
      '--port',
      '0',
      '--host',
      '::1',
      '--max-upload',
      '1000',
      '--private-links',
    ])
    expect(options).toEqual({
      dataDirectory: resolve('models'),
      host: '::1',
      fixed: { port: 0, maxUploadSize: 1000, networkLinks: 'any' },
    })
  })

  it('leaves to the settings what is not named', () => {
    expect(serveArguments([])).toMatchObject({ host: '127.0.0.1', fixed: {} })
  })

  it.each([
    [['--port', '70000'], /70000.*0 to 65535/],
    [['--port', '-1'], /0 to 65535/],
    [['--port', '8807x'], /0 to 65535/],
    [['--port'], /argument missing/],
    [['--data', ''], /must name a folder/],
    [['--max-upload', '2GB'], /number of bytes/],
    [['--max-upload', '0'], /number of bytes/],
    [['--dta', 'x'], /unknown option '--dta'/],
    [['models'], /too many arguments/],
  ])('refuses %j in words', (given, sentence) => {
    expect(() => serveArguments(given)).toThrow(Problem)
    expect(() => serveArguments(given)).toThrow(sentence)
  })
})
