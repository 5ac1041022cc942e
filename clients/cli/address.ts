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
