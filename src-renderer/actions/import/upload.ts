import { FunctionDetail } from '../../../src-contract/contract/functions/function.ts'
import { ApiError, apiError, noAnswer } from '../../lib/api/api-error.ts'
import { sessionHeaders } from '../../lib/api/session-key.ts'

type Upload = {
  /** The function whose model it becomes; a new one without. */
  uuid?: string
  catalogue?: string | undefined
  title?: string
  /** External-data files by the location where the model looks for each. */
  external?: ReadonlyMap<string, File>
  /** Files that are kept with the model: its card, labels, tokenizer. */
  companions?: readonly File[]
  signal: AbortSignal
  onProgress: (done: number, total: number) => void
}

/**
 * Sends a model from a browser. XMLHttpRequest, since only it tells how far an upload is.
 * @throws ApiError with the reason of a refusal; DOMException `AbortError` when cancelled before all of it was sent
 */
export function upload(
  file: File,
  { uuid, catalogue, title, external = new Map(), companions = [], signal, onProgress }: Upload,
): Promise<FunctionDetail> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const form = new FormData()
    const data = {
      ...(title !== undefined && { Name: title }),
      ...(catalogue !== undefined && { Catalogues: [catalogue] }),
    }
    form.set('data', JSON.stringify(data))
    form.set('file', file, file.name)
    for (const [location, one] of external) form.append('external', one, location)
    for (const one of companions) form.append('download', one, one.name)
    const abort = () => request.abort()
    signal.addEventListener('abort', abort)
    // What has arrived is kept whatever is said now, so that its answer is waited for.
    request.upload.onload = () => signal.removeEventListener('abort', abort)
    request.upload.onprogress = (event) => onProgress(event.loaded, event.total)
    request.onloadend = () => signal.removeEventListener('abort', abort)
    request.onabort = () => reject(new DOMException('The import was cancelled.', 'AbortError'))
    request.onerror = () => reject(noAnswer())
    request.onload = () => {
      if (request.status >= 400) return reject(apiError(request.status, request.responseText))
      const created = FunctionDetail.safeParse(JSON.parse(request.responseText))
      if (created.success) resolve(created.data)
      else reject(new ApiError(0, 'Unexpected response from the cabinet.'))
    }
    if (uuid === undefined) request.open('POST', '/functions')
    else request.open('PATCH', `/function/${uuid}`)
    for (const [name, value] of Object.entries({ Accept: 'application/json', ...sessionHeaders() }))
      request.setRequestHeader(name, value)
    request.send(form)
  })
}
