import { resolve } from 'node:path'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { chosenDataDirectory } from '../files/chosen-data-directory.ts'
import { functionOfLink, isLink } from './deep-link.ts'

/** What a start is to show: files, or the function that a link names. */
export type Opened = { paths: string[]; functionUuid: string | undefined }

/** What the app was started for. */
export type Command =
  | { name: 'window'; dataDirectory: string; port: number | undefined; opened: Opened }
  | { name: 'serve' | 'inspect'; args: string[] }

/**
 * Reads the arguments after the program's own. Switches that are not ours belong to Chromium (`--no-sandbox`,
 * `--remote-debugging-port=0`) and are passed over; words are files to open, or a link.
 * @throws Problem where a value is wrong, or the data folder that was chosen is not there
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
      if (name === '--data') dataDirectory = resolve(directory, folderOf(value))
      else port = portOf(value)
    } else if (isLink(name)) opened.functionUuid = functionOfLink(name)
    else if (!name.startsWith('-')) opened.paths.push(resolve(directory, name))
  }
  return { name: 'window', dataDirectory: dataDirectory ?? chosenDataDirectory(), port, opened }
}

function folderOf(value = ''): string {
  // Another switch in its place would become a folder of that name.
  if (value === '' || value.startsWith('--')) throw new Problem('invalid', '--data must name a folder.')
  return value
}

function portOf(value = ''): number {
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535)
    throw new Problem('invalid', '--port must be a number from 0 to 65535.')
  return Number(value)
}

function isOwn(argument: string): boolean {
  return /^--(?:data|port)(?:=|$)/.test(argument)
}

function split(argument: string): [string, string | undefined] {
  const [, name = argument, value] = /^(--[^=]+)=(.*)$/s.exec(argument) ?? []
  return [name, value]
}
