import type { Download } from '../../../../src-contract/contract/functions/function.ts'
import { sentenceOf } from '../../../lib/api/api-error.ts'
import { tellDone, tellProblem } from '../../../lib/notices/notify.tsx'

/** Keeps a file of a function where the person wants it: by the system's dialog, or as a browser does. */
export async function saveDownload(download: Download): Promise<void> {
  if (!window.cabinet) {
    const link = document.createElement('a')
    link.href = download.Url
    link.download = download.Name
    link.click()
    return
  }
  try {
    const saved = await window.cabinet.saveDownload(download.Url, download.Name)
    if (saved.saved) tellDone(`${download.Name} was saved${saved.path === undefined ? '' : ` as ${saved.path}`}.`)
  } catch (error) {
    tellProblem(`${download.Name} was not saved. ${sentenceOf(error)}`)
  }
}
