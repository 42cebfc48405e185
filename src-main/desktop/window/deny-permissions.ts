import { session } from 'electron'
import { APP_ORIGIN } from './app-scheme.ts'

/** The page may put text on the clipboard; every other permission is denied, and no device is ever handed out. */
export function denyPermissions(): void {
  const { defaultSession } = session
  const allowed = (permission: string, origin: string) =>
    permission === 'clipboard-sanitized-write' && new URL(origin).origin === new URL(APP_ORIGIN).origin
  defaultSession.setPermissionRequestHandler((_, permission, answer, { requestingUrl }) =>
    answer(allowed(permission, requestingUrl)),
  )
  defaultSession.setPermissionCheckHandler((_, permission, origin) => allowed(permission, origin))
  defaultSession.setDevicePermissionHandler(() => false)
}
