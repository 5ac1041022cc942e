import { isIPv6, SocketAddress } from 'node:net'

const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

/** An address in its one spelling; IPv4 as it is, also when IPv6 sockets write it in their own way. */
export function plainAddress(address: string): string {
  // A zone is of this machine's own sockets, which spell well.
  const isForeign = isIPv6(address) && !address.includes('%')
  const plain = isForeign ? new SocketAddress({ address, family: 'ipv6' }).address : address
  return MAPPED_IPV4.exec(plain)?.[1] ?? plain
}

/** Whom the limits of one address count: an IPv4 address, or an IPv6 /64, all of which one customer has. */
export function sourceOf(address: string): string {
  const plain = plainAddress(address)
  if (!isIPv6(plain)) return plain
  const [front = [], back] = plain.split('::').map((part) => (part === '' ? [] : part.split(':')))
  const zeros = back === undefined ? [] : Array.from({ length: 8 - front.length - back.length }, () => '0')
  return `${[...front, ...zeros, ...(back ?? [])].slice(0, 4).join(':')}::/64`
}
