import { createServer, type Server } from 'node:net'

/** Holds a port of this machine while `use` runs, and lends another that nobody has. */
export async function withPorts(use: (ports: { taken: number; free: number }) => Promise<void>): Promise<void> {
  const [first, second] = await Promise.all([hold(), hold()])
  try {
    await second.stop()
    await use({ taken: first.port, free: second.port })
  } finally {
    await first.stop()
  }
}

async function hold(): Promise<{ port: number; stop(): Promise<void> }> {
  const server: Server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port')
  return { port: address.port, stop: () => new Promise((done) => server.close(() => done())) }
}
