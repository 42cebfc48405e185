import { Problem } from '../../../src-contract/contract/admin/problem.ts'

/** What the header of a part of a multipart body says (RFC 7578). */
export type PartHeader = { name: string; fileName: string; contentType: string }

/**
 * Reads the header of a part, as the parser gives it: each byte a character.
 * @returns undefined where it names no part of a form
 */
export function readPartHeader(header: Record<string, string[] | undefined>): PartHeader | undefined {
  const disposition = decoded(header['content-disposition']?.[0] ?? '')
  if (!/^form-data\s*;/i.test(disposition)) return undefined
  const parameters = readParameters(disposition)
  const name = parameters.get('name')
  if (name === undefined) return undefined
  const fileName = extended(parameters.get('filename*')) ?? parameters.get('filename') ?? ''
  return { name, fileName, contentType: decoded(header['content-type']?.[0] ?? '').trim() }
}

const decoded = (binary: string) => Buffer.from(binary, 'latin1').toString('utf8')

function readParameters(text: string): Map<string, string> {
  const parameters = new Map<string, string>()
  for (const [, key, quoted, plain] of text.matchAll(/;\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;"]*))/g)) {
    if (key !== undefined)
      parameters.set(key.toLowerCase(), quoted === undefined ? (plain ?? '').trim() : unescaped(quoted))
  }
  return parameters
}

/** curl escapes with backslashes; browsers write three signs in per cent (HTML standard, multipart/form-data encoding). */
function unescaped(text: string): string {
  return text
    .replace(/\\(["\\])/g, '$1')
    .replace(/%22/g, '"')
    .replace(/%0D/gi, '\r')
    .replace(/%0A/gi, '\n')
}

/** `UTF-8''na%C3%AFve.onnx` (RFC 8187), as Python's requests writes names that are not ASCII. */
function extended(text: string | undefined): string | undefined {
  const encoded = /^utf-8'[^']*'(.*)$/i.exec(text ?? '')?.[1]
  if (encoded === undefined) return undefined
  try {
    return decodeURIComponent(encoded)
  } catch {
    return undefined
  }
}

/** What parts the parts of a multipart body, by the request's type. @throws Problem `malformed` where it is not named */
export function boundaryOf(contentType = ''): string {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType) ?? []
  const boundary = quoted ?? plain
  if (boundary === undefined) {
    throw new Problem('malformed', 'The Content-Type of a multipart body must name its boundary.', {
      field: 'Content-Type',
    })
  }
  return boundary
}
