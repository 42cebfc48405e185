import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What a script reads to find a port that moved; never the token (contract.md 7). */
export type EndpointFile = { url: string; pid: number; version: string }

const pathIn = (dataDirectory: string) => join(dataDirectory, 'endpoint.json')

export async function writeEndpointFile(dataDirectory: string, endpoint: EndpointFile): Promise<void> {
  const path = pathIn(dataDirectory)
  const temporary = `${path}.${process.pid}`
  await writeFile(temporary, `${JSON.stringify(endpoint)}\n`)
  await rename(temporary, path)
}

/** Removes the file unless another process has written its own since. */
export async function removeEndpointFile(dataDirectory: string, pid: number): Promise<void> {
  const path = pathIn(dataDirectory)
  const text = await readFile(path, 'utf8').catch(() => '')
  if (text.includes(`"pid":${pid},`)) await rm(path, { force: true })
}
