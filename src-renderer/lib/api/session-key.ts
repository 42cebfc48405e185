import { SESSION_KEY_HEADER, SESSION_KEY_PLACE } from '../../../src-contract/util/session-key.ts'

/** How the sign-in link hands the key over: behind #, which no server sees. The window's own address follows. */
const OFFER = /^#key=([\w-]{43})(.*)$/

/**
 * The half of a browser's session that is in no cookie, for a cookie goes to every port of this computer. Only pages of this origin can
 * read it. The desktop's window has none.
 */
const storedKey = () => localStorage.getItem(SESSION_KEY_PLACE)

export function sessionHeaders(): Record<string, string> {
  const key = storedKey()
  return key === null ? {} : { [SESSION_KEY_HEADER]: key }
}

/** The address of this page at another port, signed in there too. */
export function atPort(port: string): URL {
  const moved = new URL(window.location.href)
  moved.port = port
  moved.hash = `#key=${storedKey()}${window.location.hash.slice(1)}`
  return moved
}

/** Takes the key of a sign-in link, unless it is wrong: any page may lead here with a made-up one, which signs nobody out. */
export async function takeOfferedKey(): Promise<void> {
  const [, offered, rest] = OFFER.exec(window.location.hash) ?? []
  if (window.cabinet || offered === undefined) return
  history.replaceState(null, '', `#${rest || '/'}`)
  const isWrong = async () => !(await fetch('/configuration', { headers: { [SESSION_KEY_HEADER]: offered } })).ok
  if (storedKey() !== null && (await isWrong())) return
  localStorage.setItem(SESSION_KEY_PLACE, offered)
}
