import { type LookupAddress, lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { NetworkFailure } from './network-failure.ts'
import { isPublicAddress } from './public-address.ts'

/** Which addresses may be connected to. */
export type Reach = (address: string) => boolean

export const reachPublic: Reach = isPublicAddress

/** All addresses of a name. */
export type Resolve = (host: string, answer: (error: Error | null, addresses: LookupAddress[]) => void) => void

const systemResolve: Resolve = (host, answer) => lookup(host, { all: true }, answer)

/**
 * Name resolution for sockets: what it answers is what they connect to, so that a name which is another address a moment later
 * does not matter. Addresses out of reach are taken out, and where nothing is left the name is refused.
 */
export function guardedLookup(reach: Reach, resolve: Resolve = systemResolve): LookupFunction {
  return (host, options, callback) => {
    resolve(host, (error, addresses) => {
      if (error) return callback(error, '')
      const { family } = options
      const wanted = family === 4 || family === 6 ? addresses.filter((one) => one.family === family) : addresses
      const open = wanted.filter(({ address }) => reach(address))
      const [first] = open
      if (!first) return callback(wanted.length > 0 ? innerAddress(host) : notFound(host), '')
      if (options.all) callback(null, open)
      else callback(null, first.address, first.family)
    })
  }
}

/** Sockets do not resolve what is an address already. @throws NetworkFailure `refused` */
export function guardAddress(hostname: string, reach: Reach): void {
  const address = hostname.replace(/^\[|\]$/g, '')
  if (isIP(address) !== 0 && !reach(address)) throw innerAddress(hostname)
}

/**
 * For a name that a proxy will resolve: one that is an inner address here is refused. One that only the proxy can resolve is left to it, which
 * is where a network's own rules are kept. @throws NetworkFailure `refused`
 */
export async function guardName(hostname: string, reach: Reach, resolve: Resolve = systemResolve): Promise<void> {
  const addresses = await new Promise<LookupAddress[]>((done) =>
    resolve(hostname.replace(/^\[|\]$/g, ''), (error, found) => done(error ? [] : found)),
  )
  if (addresses.some(({ address }) => !reach(address))) throw innerAddress(hostname)
}

function innerAddress(host: string): NetworkFailure {
  return new NetworkFailure(
    'refused',
    `${host} is this computer or on a private network. Allow such links in Settings first.`,
  )
}

function notFound(host: string): Error {
  return Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' })
}
