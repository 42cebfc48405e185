import { homedir } from 'node:os'
import { join } from 'node:path'

/** The folder outside the project where a fetched Electron is kept between clones. */
export function electronCache(environment: NodeJS.ProcessEnv): string {
  return join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), 'model-cabinet')
}
