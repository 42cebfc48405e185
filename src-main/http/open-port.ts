import type { Cabinet } from '../cabinet/cabinet.ts'
import type { PreparedPort } from '../cabinet/settings/settings-service.ts'
import { folderProblem } from '../files/disk-problem.ts'
import { removeEndpointFile, writeEndpointFile } from './endpoint-file.ts'
import { DEFAULT_PORT, type Listening, listen } from './listen.ts'
import { createProver } from './prove-holder.ts'
import { createRespond, type RespondOptions } from './respond.ts'
import { createSignIn } from './sign-in.ts'

export type OpenPortOptions = {
  cabinet: Cabinet
  api: RespondOptions['api']
  host: string
  /** Undefined: the one that was set, or a free one where that is taken. */
  port: number | undefined
  /** The port where it was before it ended, which it takes again. */
  again?: number | undefined
  rendererFolder: string
  version: string
  /** Told when a sign-in link was used, with the address of the next one. */
  onSignedIn(nextUrl: string): void
  /** Told when the settings moved the port, with the address that signs one browser in there. */
  onMoved(signInUrl: string): void
}

export type OpenPort = {
  /** Where it is now. */
  readonly url: string
  readonly port: number
  /** Signs one browser in. */
  readonly signInUrl: string
  close(): Promise<void>
}

/**
 * Opens the local HTTP port of a cabinet, writes into the data folder where it is, and moves it when the settings change.
 * @throws Problem where the port cannot be had
 */
export async function openPort(options: OpenPortOptions): Promise<OpenPort> {
  const { cabinet, api, host, rendererFolder, version, onSignedIn, onMoved } = options
  const signIn = createSignIn({
    sessions: cabinet.sessions,
    onUsed: (link) => onSignedIn(listening.url + link),
  })
  const respond = createRespond({ api, signIn, prover: createProver(cabinet.tokens.key), rendererFolder })
  const allowed = () => {
    const { AllowedHosts: hosts, AllowedOrigins: origins } = cabinet.settings.current()
    return { hosts, origins }
  }
  const wished = () => cabinet.settings.wishedPort() ?? DEFAULT_PORT
  let listening = await listen({ host, port: options.again ?? options.port, usual: wished(), respond, allowed })
  const closing = new Set<Promise<void>>()
  const write = () => writeEndpointFile(cabinet.dataDirectory, { url: listening.url, pid: process.pid, version })
  await write().catch(async (error: unknown) => {
    await listening.close()
    throw folderProblem(error, cabinet.dataDirectory)
  })

  /** What is being answered at the old port, such as the request that moved it, is answered first. */
  function leave(old: Listening): void {
    const closed = old.close().finally(() => closing.delete(closed))
    closing.add(closed)
  }

  async function prepare(port: number | null): Promise<PreparedPort | null> {
    if (listening.port === (port ?? DEFAULT_PORT)) return null
    const next = await listen({ host, port: port ?? undefined, respond, allowed })
    return {
      async commit() {
        const old = listening
        listening = next
        await write()
        leave(old)
        onMoved(listening.url + signIn.link())
      },
      cancel: () => next.close(),
    }
  }

  cabinet.settings.attachPort({
    get url() {
      return listening.url
    },
    get warning() {
      if (options.port !== undefined || listening.port === wished()) return null
      return `Port ${wished()} is in use by another program, so the cabinet is at ${listening.url} for now.`
    },
    prepare,
  })
  return {
    get url() {
      return listening.url
    },
    get port() {
      return listening.port
    },
    get signInUrl() {
      return listening.url + signIn.link()
    },
    async close() {
      await Promise.all([listening.close(), ...closing])
      await removeEndpointFile(cabinet.dataDirectory, process.pid)
    },
  }
}
