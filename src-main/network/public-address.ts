import { BlockList, isIPv4, isIPv6 } from 'node:net'

// The special-purpose address registries of IANA (RFC 6890 and its successors): what is not globally reachable, and
// multicast. Of IPv6 only 2000::/3 is given out for global unicast, so everything else is closed as a whole.
const closedV4 = [
  ['0.0.0.0', 8], // this network
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // carrier-grade NAT
  ['127.0.0.0', 8], // loopback
  ['169.254.0.0', 16], // link-local, and the metadata services of clouds
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments
  ['192.0.2.0', 24], // documentation
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, and broadcast
] as const

const closedV6 = [
  ['2001::', 23], // protocol assignments: Teredo, benchmarks, ORCHID …
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4, which carries any IPv4 address
  ['3fff::', 20], // documentation
] as const

const closed = new BlockList()
for (const [network, prefix] of closedV4) closed.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of closedV6) closed.addSubnet(network, prefix, 'ipv6')

const globalUnicast = new BlockList()
globalUnicast.addSubnet('2000::', 3, 'ipv6')

/**
 * Whether an address is one of the open internet. Loopback, private, link-local and carrier networks, IPv4 addresses inside
 * IPv6 ones that are such, and all that is no address are not.
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !closed.check(address, 'ipv4')
  if (!isIPv6(address) || address.includes('%')) return false
  const inner = embeddedV4(address)
  if (inner !== null) return isPublicAddress(inner)
  return globalUnicast.check(address, 'ipv6') && !closed.check(address, 'ipv6')
}

/** The IPv4 address in an IPv4-mapped (::ffff:0:0/96) or NAT64 (64:ff9b::/96, RFC 6052) one; null in any other. */
function embeddedV4(address: string): string | null {
  const groups = groupsOf(address)
  const start = groups.slice(0, 6).join(':')
  if (start !== '0:0:0:0:0:ffff' && start !== '64:ff9b:0:0:0:0') return null
  const bytes = groups.slice(6).flatMap((group) => {
    const value = Number.parseInt(group, 16)
    return [value >> 8, value & 0xff]
  })
  return bytes.join('.')
}

/** The eight groups of an IPv6 address in lower-case hexadecimal without leading zeros. */
function groupsOf(address: string): string[] {
  // A URL writes every form of an address, also one with an IPv4 tail, in one way.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const left = head === '' ? [] : head.split(':')
  if (tail === undefined) return left
  const right = tail === '' ? [] : tail.split(':')
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right]
}
