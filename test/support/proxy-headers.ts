/** PROXY headers as bytes, written from the standard alone; they may be wrong. */
export function proxyV1(from: string, family = from.includes(':') ? 'TCP6' : 'TCP4'): Buffer {
  const to = from.includes(':') ? '2001:db8::1' : '203.0.113.1'
  return Buffer.from(`PROXY ${family} ${from} ${to} 40000 1883\r\n`)
}

export interface V2Fields {
  /** Version and command: 0x20 LOCAL, 0x21 PROXY. */
  readonly command?: number
  /** 0x11 TCP over IPv4, 0x21 over IPv6. */
  readonly family?: number
  readonly body?: Buffer
  /** Instead of the body's. */
  readonly length?: number
}

export function proxyV2({ command = 0x21, family = 0x11, body = ipv4Body(), length }: V2Fields = {}): Buffer {
  const head = Buffer.from([...Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1'), command, family, 0, 0])
  head.writeUInt16BE(length ?? body.length, 14)
  return Buffer.concat([head, body])
}

/** Both addresses and ports. */
export function ipv4Body(from = '198.51.100.7'): Buffer {
  return Buffer.from([...from.split('.').map(Number), 203, 0, 113, 1, 0x9c, 0x40, 7, 91])
}

/** @param from eight groups */
export function ipv6Body(from: readonly number[]): Buffer {
  const body = Buffer.alloc(36)
  from.forEach((group, i) => body.writeUInt16BE(group, 2 * i))
  return body
}
