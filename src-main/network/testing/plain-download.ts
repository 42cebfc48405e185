import { createHash, randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { DownloadOptions } from '../download.ts'
import { openPartialFile } from '../partial-file.ts'

/** What the servers of the tests hold. */
export const bytes = randomBytes(300_000)
export const sha256 = createHash('sha256').update(bytes).digest('hex')

export const partIn = (directory: string) => openPartialFile(join(directory, 'a', 'file.part'))

/** How the tests download where they do not say otherwise: from anywhere, a megabyte at most. */
export function plainOptions(directory: string): DownloadOptions {
  return {
    reach: () => true,
    signal: new AbortController().signal,
    stallLimit: 5_000,
    limit: 1_000_000,
    part: partIn(directory),
    validator: null,
    onValidator: () => {},
    onProgress: () => {},
  }
}

/** Sends bytes as the whole of a file. */
export function send(response: ServerResponse, body: Buffer, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'Content-Length': String(body.length), ...headers }).end(body)
}
