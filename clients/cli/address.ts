import type { BrokerConfig } from '../../broker/config.ts'

/** Listening at these means at all addresses of the machine. */
const ALL = new Set([undefined, '0.0.0.0', '::'])

export function isEverywhere(host: string | undefined): boolean {
  return ALL.has(host)
}

/** How a client on this machine writes the host that a server listens at: IPv6 addresses stand in brackets. */
export function clientHost(host: string | undefined): string {
  if (host === undefined || isEverywhere(host)) return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

export const NOT_ENCRYPTED =
  'Not encrypted: whoever is on the way can read tokens and messages. docs/operating.md, TLS.'

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/

/**
 * Whether clients on other machines come in without TLS. Behind a balancer that is stated it is the operator's network,
 * and the balancer may have ended TLS.
 */
export function isOpen({ plainHost, intermediaries }: BrokerConfig): boolean {
  const { proxyProtocolFrom, forwardedForFrom } = intermediaries
  if (proxyProtocolFrom.length + forwardedForFrom.length > 0) return false
  return plainHost === undefined || !LOOPBACK.test(plainHost)
}
