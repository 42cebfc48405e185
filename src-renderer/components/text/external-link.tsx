import type { ReactNode } from 'react'
import { tellError } from '../../lib/notices/notify.tsx'

/** A link out of the window; the desktop app leaves it to the system's browser. Of another scheme than the web's only its text is left. */
export function ExternalLink({ href, children }: { href: string | undefined; children: ReactNode }) {
  if (href === undefined || !/^https?:\/\//i.test(href)) return children
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      onClick={(event) => {
        if (!window.cabinet) return
        event.preventDefault()
        window.cabinet.openExternal(href).catch(tellError)
      }}
    >
      {children}
    </a>
  )
}

/** The page for people of the API's document, which the cabinet serves itself. */
export function ReferenceLink({ url }: { url: string }) {
  return <ExternalLink href={`${url}/openapi.html`}>All operations of the API</ExternalLink>
}
