import { homedir } from 'node:os'
import { posix, win32 } from 'node:path'

/** What the rule looks at; given in tests, else this machine's. */
export type Surroundings = {
  platform: NodeJS.Platform
  environment: Record<string, string | undefined>
  home: string
}

const thisMachine = (): Surroundings => ({ platform: process.platform, environment: process.env, home: homedir() })

/**
 * Where a cabinet lies unless the person chose a folder: the same with and without a window. The rules are those of
 * the XDG Base Directory Specification, of Apple's File System Programming Guide and of Windows' known folders.
 */
export function defaultDataDirectory({ platform, environment, home }: Surroundings = thisMachine()): string {
  switch (platform) {
    case 'win32':
      return win32.join(environment.APPDATA || win32.join(home, 'AppData', 'Roaming'), 'Model Cabinet')
    case 'darwin':
      return posix.join(home, 'Library', 'Application Support', 'Model Cabinet')
    default:
      return posix.join(absolute(environment.XDG_DATA_HOME) ?? posix.join(home, '.local', 'share'), 'model-cabinet')
  }
}

/** The XDG specification: a relative path is invalid and must be ignored. */
function absolute(path: string | undefined): string | undefined {
  return path && posix.isAbsolute(path) ? path : undefined
}
