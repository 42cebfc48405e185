import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'

export type TestServer = AsyncDisposable & {
  url(path: string): URL
  port: number
  /** Requests so far. */
  requests: IncomingMessage[]
}

/** A real HTTP server on a free loopback port, which answers as told. */
export async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<TestServer> {
  const requests: IncomingMessage[] = []
  const listener: RequestListener = (request, response) => {
    requests.push(request)
    answer(request, response)
  }
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: (path) => new URL(path, `http://127.0.0.1:${port}`),
    port,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
