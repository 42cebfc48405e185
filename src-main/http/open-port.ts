import type { Cabinet } from '../catalogue/cabinet.ts'
import { removeEndpointFile, writeEndpointFile } from './endpoint-file.ts'
import { type Listening, listen } from './listen.ts'
import { createRespond, type RespondOptions } from './respond.ts'
import { createSignIn } from './sign-in.ts'

export type OpenPortOptions = {
  cabinet: Cabinet
  api: RespondOptions['api']
  host: string
  port: number | undefined
  rendererFolder: string
  version: string
  /** Told when a sign-in link was used, with the address of the next one. */
  onSignedIn(nextUrl: string): void
}

export type OpenPort = Pick<Listening, 'url' | 'port' | 'moved'> & {
  /** Signs one browser in. */
  signInUrl: string
  close(): Promise<void>
}

/**
 * Opens the local HTTP door of a cabinet, and writes into the data folder where it is.
 * @throws Problem where the port cannot be had
 */
export async function openPort(options: OpenPortOptions): Promise<OpenPort> {
  const { cabinet, api, host, port, rendererFolder, version, onSignedIn } = options
  const signIn = createSignIn({
    key: cabinet.tokens.key('browser'),
    onUsed: (link) => onSignedIn(listening.url + link),
  })
  const listening = await listen({ host, port, respond: createRespond({ api, signIn, rendererFolder }) })
  await writeEndpointFile(cabinet.dataDirectory, { url: listening.url, pid: process.pid, version })
  return {
    ...listening,
    signInUrl: listening.url + signIn.link(),
    async close() {
      await listening.close()
      await removeEndpointFile(cabinet.dataDirectory, process.pid)
    },
  }
}
