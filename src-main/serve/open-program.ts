import { join } from 'node:path'
import { createApi } from '../api/create-api.ts'
import { openCabinet } from '../cabinet/open-cabinet.ts'
import { folderProblem } from '../files/disk-problem.ts'
import { log } from '../files/log.ts'
import { programFolder, programVersion } from '../files/program-folder.ts'
import { type OpenPort, type OpenPortOptions, openPort } from '../http/open-port.ts'
import type { Spawn } from '../processes/spawn/channel.ts'
import type { ServeOptions } from './arguments.ts'

/**
 * Opens the cabinet and its API; `openPort` then opens its port.
 * @throws Problem where the data folder, or then the port, cannot be had
 */
export async function openProgram(
  { dataDirectory, host, fixed, again }: ServeOptions,
  spawn: Spawn,
  onLongWork: () => void = () => {},
) {
  const version = programVersion()
  const logError = (error: unknown) => log.error({ err: error })
  const options = { dataDirectory, spawn, version, log: logError, settings: { fixed }, onLongWork }
  const cabinet = await openCabinet(options).catch((error: unknown) => {
    throw folderProblem(error, dataDirectory)
  })
  const api = createApi(cabinet, { version, logError: (error, request) => log.error({ err: error, ...request }) })
  const rendererFolder = join(programFolder(), 'out', 'renderer')
  return {
    cabinet,
    api,
    version,
    openPort: (news: Pick<OpenPortOptions, 'onSignedIn' | 'onMoved'>): Promise<OpenPort> =>
      openPort({ cabinet, api, host, port: fixed.port, again, version, rendererFolder, ...news }),
  }
}
