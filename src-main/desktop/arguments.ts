import { resolve } from 'node:path'
import { defaultDataDirectory } from '../data-directory.ts'

/** What the app was started for. */
export type Command =
  | { name: 'window'; dataDirectory: string; port: number | undefined; paths: string[] }
  | { name: 'serve' | 'inspect'; args: string[] }

/**
 * Reads the arguments after the program's own. Switches that are not ours belong to Chromium (`--no-sandbox`,
 * `--remote-debugging-port=0`) and are passed over; words are files to open.
 */
export function readArguments(args: readonly string[], directory: string): Command {
  const rest = [...args]
  while (rest[0]?.startsWith('-') && !isOwn(rest[0])) rest.shift()
  const [first] = rest
  if (first === 'serve' || first === 'inspect') return { name: first, args: rest.slice(1) }

  let dataDirectory = defaultDataDirectory()
  let port: number | undefined
  const paths: string[] = []
  for (let index = 0; index < rest.length; index++) {
    const [name = '', inline] = split(rest[index] ?? '')
    if (name === '--data' || name === '--port') {
      const value = inline ?? rest[++index]
      if (name === '--data' && value) dataDirectory = resolve(directory, value)
      if (name === '--port' && value && /^\d{1,5}$/.test(value)) port = Number(value)
    } else if (!name.startsWith('-')) paths.push(resolve(directory, name))
  }
  return { name: 'window', dataDirectory, port, paths }
}

function isOwn(argument: string): boolean {
  return /^--(?:data|port)(?:=|$)/.test(argument)
}

function split(argument: string): [string, string | undefined] {
  const [, name = argument, value] = /^(--[^=]+)=(.*)$/s.exec(argument) ?? []
  return [name, value]
}
