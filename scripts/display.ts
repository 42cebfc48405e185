import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Whether a window can be shown: on Linux a display server must be named; Windows and macOS always have one. */
export function hasDisplay(environment: NodeJS.ProcessEnv): boolean {
  if (process.platform !== 'linux') return true
  return Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY)
}

/**
 * Switches that this Electron needs here. The root account of Linux cannot have Chromium's sandbox, and Chromium refuses to start
 * with it; everybody else keeps it.
 */
export function neededSwitches(): string[] {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

/**
 * Why Chromium's sandbox cannot be had by this account, in a sentence; undefined where it can. An unpacked Electron has no setuid
 * helper, so it depends on user namespaces, which some distributions forbid.
 */
export function sandboxTrouble(executable: string): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() === 0) return undefined
  const helper = join(dirname(executable), 'chrome-sandbox')
  if (existsSync(helper) && (statSync(helper).mode & 0o4000) !== 0) return undefined
  const forbidden =
    kernelSetting('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1' ||
    kernelSetting('/proc/sys/kernel/unprivileged_userns_clone') === '0'
  if (!forbidden) return undefined
  return (
    'this system forbids the sandbox that Electron needs. As root, once: ' +
    `chown root '${helper}' && chmod 4755 '${helper}'`
  )
}

function kernelSetting(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return undefined
  }
}
