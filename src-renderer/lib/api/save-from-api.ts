import { Ticket } from '../../../src-contract/contract/admin/session.ts'
import { tellDone, tellProblem } from '../notices/notify.tsx'
import { sentenceOf } from './api-error.ts'
import { ask } from './transport.ts'

function clickLink(href: string, name: string): void {
  const link = document.createElement('a')
  link.href = href
  link.download = name
  link.click()
}

/** The address of a download that a link may lead to, for a link sends no headers. */
async function ticketFor(path: string): Promise<string> {
  const { body } = await ask({ method: 'POST', path: '/ticket', json: { Path: path } })
  return Ticket.parse(JSON.parse(body)).Path
}

/** Keeps what a path of the API streams where the person wants it: by the system's dialog, or as a browser does. */
export async function saveFromApi(path: string, name: string): Promise<void> {
  try {
    if (!window.cabinet) return clickLink(await ticketFor(path), name)
    const saved = await window.cabinet.saveDownload(path, name)
    if (saved.saved) tellDone(`${name} was saved${saved.path === undefined ? '' : ` as ${saved.path}`}.`)
  } catch (error) {
    tellProblem(`${name} was not saved. ${sentenceOf(error)}`)
  }
}

/** Keeps a text as a file where the person wants it. @returns where, in a sentence's words; null where they did not want it after all */
export async function saveText(text: string, name: string, type: string): Promise<string | null> {
  if (window.cabinet) {
    const { saved, path } = await window.cabinet.saveText(text, name)
    return saved ? (path ?? name) : null
  }
  const url = URL.createObjectURL(new Blob([text], { type }))
  clickLink(url, name)
  // The download has begun once the next task runs; some engines read the address only then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
  return name
}
