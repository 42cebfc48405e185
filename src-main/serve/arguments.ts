import { resolve } from 'node:path'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import type { FixedSettings } from '../cabinet/settings/settings-service.ts'
import { chosenDataDirectory } from '../files/chosen-data-directory.ts'
import { defaultDataDirectory } from '../files/data-directory.ts'

export type ServeOptions = {
  dataDirectory: string
  host: string
  /** What is not given is as the settings of the data folder say. */
  fixed: FixedSettings
  /** The port where it was before it ended, which it takes again. */
  again: number | undefined
}

type Parsed = { data?: string; host: string; port?: number; maxUpload?: number; privateLinks?: boolean; again?: number }

/**
 * Reads the command line of `serve`.
 * @returns undefined where it only asked for help, which is then shown
 * @throws Problem with a sentence where an argument is wrong
 */
export function serveArguments(given: string[]): ServeOptions | undefined {
  const command = new Command('npm run serve --')
    .description('Serves the cabinet on this machine, without a window.')
    .option('--data <folder>', `the data folder (default: ${defaultDataDirectory()})`)
    .option(
      '--port <number>',
      'the port; 0 for any free port (default: the setting, or 8807, or a free port if that is in use)',
      port,
    )
    .option('--host <name>', '127.0.0.1, localhost or ::1', '127.0.0.1')
    .option('--max-upload <bytes>', 'the largest accepted file (default: the setting, or 2 GiB)', bytes)
    .option('--private-links', 'also allow links to this computer and private networks')
    .addOption(new Option('--again <number>').argParser(port).hideHelp())
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeOut: (text) => process.stderr.write(text), writeErr: () => {} })
  try {
    command.parse(given, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.code === 'commander.helpDisplayed') return undefined
    throw new Problem('invalid', `${error.message.replace(/^error: /, '')} (see --help)`)
  }
  const { data, host, port: chosenPort, maxUpload, privateLinks = false, again } = command.opts<Parsed>()
  if (data === '') throw new Problem('invalid', '--data must name a folder.')
  return {
    dataDirectory: data === undefined ? chosenDataDirectory() : resolve(data),
    host,
    again,
    fixed: { port: chosenPort, maxUploadSize: maxUpload, ...(privateLinks && { networkLinks: 'any' }) },
  }
}

function port(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new InvalidArgumentError('It must be a number from 0 to 65535.')
  return Number(text)
}

function bytes(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('It must be a number of bytes.')
  return Number(text)
}
