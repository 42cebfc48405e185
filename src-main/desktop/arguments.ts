import { resolve } from 'node:path'
import { chosenDataDirectory } from '../chosen-data-directory.ts'
import { functionOfLink, isLink } from './link.ts'

/** What a start is to show: files, or the function that a link names. */
export type Opened = { paths: string[]; functionUuid: string | undefined }

/** What the app was started for. */
export type Command =
  | { name: 'window'; dataDirectory: string; port: number | undefined; opened: Opened }
  | { name: 'serve' | 'inspect'; args: string[] }

/**
 * Reads the arguments after the program's own. Switches that are not ours belong to Chromium (`--no-sandbox`,
 * `--remote-debugging-port=0`) and are passed over; words are files to open, or a link.
 * @throws Problem where the data folder that was chosen is not there
 */
export function readArguments(args: readonly string[], directory: string): Command {
  const rest = [...args]
  while (rest[0]?.startsWith('-') && !isOwn(rest[0])) rest.shift()
  const [first] = rest
  if (first === 'serve' || first === 'inspect') return { name: first, args: rest.slice(1) }

  let dataDirectory: string | undefined
  let port: number | undefined
  const opened: Opened = { paths: [], functionUuid: undefined }
  for (let index = 0; index < rest.length; index++) {
    const [name = '', inline] = split(rest[index] ?? '')
    if (name === '--data' || name === '--port') {
      const value = inline ?? rest[++index]
      if (name === '--data' && value) dataDirectory = resolve(directory, value)
      if (name === '--port' && value && /^\d{1,5}$/.test(value)) port = Number(value)
    } else if (isLink(name)) opened.functionUuid = functionOfLink(name)
    else if (!name.startsWith('-')) opened.paths.push(resolve(directory, name))
  }
  return { name: 'window', dataDirectory: dataDirectory ?? chosenDataDirectory(), port, opened }
}

function isOwn(argument: string): boolean {
  return /^--(?:data|port)(?:=|$)/.test(argument)
}

function split(argument: string): [string, string | undefined] {
  const [, name = argument, value] = /^(--[^=]+)=(.*)$/s.exec(argument) ?? []
  return [name, value]
}
