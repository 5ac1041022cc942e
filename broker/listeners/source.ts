import { isIPv6 } from 'node:net'

const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

/** Whom the limits of one address count: an IPv4 address, or an IPv6 /64, all of which one customer has. */
export function sourceOf(address: string): string {
  const mapped = MAPPED_IPV4.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (!isIPv6(address)) return address
  const [front = [], back] = address.split('::').map((part) => (part === '' ? [] : part.split(':')))
  const zeros = back === undefined ? [] : Array.from({ length: 8 - front.length - back.length }, () => '0')
  return `${[...front, ...zeros, ...(back ?? [])].slice(0, 4).join(':')}::/64`
}
