import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defaultDataDirectory } from '../files/data-directory.ts'
import { readArguments } from './arguments.ts'

const here = resolve('/home/person')

describe('arguments of the app', () => {
  it('opens the window on the usual folder when there are none', () => {
    expect(readArguments([], here)).toEqual({
      name: 'window',
      dataDirectory: defaultDataDirectory(),
      port: undefined,
      opened: { paths: [], functionUuid: undefined },
    })
  })

  it("passes over Chromium's switches and takes words as files", () => {
    const command = readArguments(
      ['--no-sandbox', '--remote-debugging-port=0', 'a.onnx', '--data', 'data', '-psn_0_1'],
      here,
    )
    expect(command).toMatchObject({
      dataDirectory: resolve(here, 'data'),
      opened: { paths: [resolve(here, 'a.onnx')] },
    })
  })

  it('takes values after = and after a space', () => {
    expect(readArguments(['--data=/x', '--port', '0'], here)).toMatchObject({ dataDirectory: resolve('/x'), port: 0 })
    expect(readArguments(['--port=99'], here)).toMatchObject({ port: 99 })
  })

  it.each([['--port', 'many'], ['--port=99999'], ['--port='], ['--port']])('refuses %s %s in words', (...given) => {
    expect(() => readArguments(given, here)).toThrow('--port must be a number from 0 to 65535.')
  })

  it.each([['--data'], ['--data='], ['--data', '--port', '0']])(
    'opens no other folder where %s names none',
    (...given) => {
      expect(() => readArguments(given, here)).toThrow('--data must name a folder.')
    },
  )

  it('hands the rest of the line to a command', () => {
    expect(readArguments(['--no-sandbox', 'serve', '--port', '0'], here)).toEqual({
      name: 'serve',
      args: ['--port', '0'],
    })
    expect(readArguments(['inspect', 'a.onnx', '--json'], here)).toEqual({
      name: 'inspect',
      args: ['a.onnx', '--json'],
    })
  })

  it('opens a file that is called like a command when a path is given', () => {
    expect(readArguments(['./serve'], here)).toMatchObject({
      name: 'window',
      opened: { paths: [resolve(here, 'serve')] },
    })
  })

  it('takes a link as the function to show, and never as a file', () => {
    const uuid = '14f08006-6d7c-4d2c-8e37-5d1f6f5a2b10'
    const opened = { paths: [], functionUuid: uuid }
    expect(readArguments(['--no-sandbox', `model-cabinet://function/${uuid}`], here)).toMatchObject({ opened })
    expect(readArguments(['model-cabinet://elsewhere/../etc'], here)).toMatchObject({
      opened: { paths: [], functionUuid: undefined },
    })
  })
})
