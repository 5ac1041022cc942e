import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readProxyHeader } from '../../../../broker/listeners/proxy-header.ts'
import { ipv4Body, ipv6Body, proxyV1, proxyV2 } from '../../../support/proxy-headers.ts'

const addressOf = (bytes: Buffer): string | undefined => {
  const header = readProxyHeader(bytes)
  if (header.outcome !== 'header') throw new Error(header.outcome)
  return header.address
}
const tlv = (bytes: number): Buffer =>
  Buffer.concat([Buffer.from([0x20, bytes >> 8, bytes]), Buffer.alloc(bytes)])

const GOOD: [string, Buffer, string | undefined][] = [
  ['version 1, IPv4', proxyV1('198.51.100.7'), '198.51.100.7'],
  ['version 1, IPv6', proxyV1('2001:db8:1:2::7'), '2001:db8:1:2::7'],
  ['version 1, IPv6 in another spelling', proxyV1('2001:0DB8:1:2:0:0:0:7'), '2001:db8:1:2::7'],
  ['version 1, nobody knows', Buffer.from('PROXY UNKNOWN\r\n'), undefined],
  ['version 1, unknown with words', Buffer.from('PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n'), undefined],
  ['version 2, IPv4', proxyV2(), '198.51.100.7'],
  [
    'version 2, IPv6',
    proxyV2({ family: 0x21, body: ipv6Body([0x2001, 0xdb8, 1, 2, 0, 0, 0, 7]) }),
    '2001:db8:1:2::7',
  ],
  [
    'version 2, IPv4 within IPv6',
    proxyV2({ family: 0x21, body: ipv6Body([0, 0, 0, 0, 0, 0xffff, 0xc633, 0x6407]) }),
    '198.51.100.7',
  ],
  [
    'version 2, with more behind the addresses',
    proxyV2({ body: Buffer.concat([ipv4Body(), tlv(500)]) }),
    '198.51.100.7',
  ],
  ['version 2, the balancer itself', proxyV2({ command: 0x20, family: 0, body: Buffer.alloc(0) }), undefined],
  ['version 2, no family', proxyV2({ family: 0, body: Buffer.alloc(0) }), undefined],
  ['version 2, a socket of the machine', proxyV2({ family: 0x31, body: Buffer.alloc(216) }), undefined],
]

describe.each(GOOD)('%s', (_, bytes, address) => {
  it('is read, and what is behind it is left alone', () => {
    expect(readProxyHeader(bytes)).toEqual({ outcome: 'header', length: bytes.length, address })
    expect(readProxyHeader(Buffer.concat([bytes, Buffer.from('\x10\x20')]))).toMatchObject({
      length: bytes.length,
    })
  })

  it('is waited for while it comes byte by byte', () => {
    for (let end = 0; end < bytes.length; end++)
      expect(readProxyHeader(bytes.subarray(0, end)), `${end} bytes`).toEqual({ outcome: 'incomplete' })
  })
})

const BAD: [string, Buffer][] = [
  ['another protocol', Buffer.from([0x10])],
  ['a version 1 without its end', Buffer.from(`PROXY TCP4 ${'1'.repeat(96)}`)],
  ['a version 1 that ends late', Buffer.from(`PROXY UNKNOWN ${'x'.repeat(92)}\r\n`)],
  ['an IPv4 address that is none', proxyV1('198.51.100.256', 'TCP4')],
  ['an IPv6 address under IPv4', proxyV1('::1', 'TCP4')],
  ['an IPv4 address under IPv6', Buffer.from('PROXY TCP6 198.51.100.7 ::1 1 2\r\n')],
  ['a zone', proxyV1('fe80::1%eth0')],
  ['a port that is none', Buffer.from('PROXY TCP4 198.51.100.7 203.0.113.1 65536 1883\r\n')],
  ['too few words', Buffer.from('PROXY TCP4 198.51.100.7 203.0.113.1 4\r\n')],
  ['two spaces', Buffer.from('PROXY TCP4  198.51.100.7 203.0.113.1 4 5\r\n')],
  ['lower case', Buffer.from('proxy TCP4 198.51.100.7 203.0.113.1 4 5\r\n')],
  ['UDP', Buffer.from('PROXY UDP4 198.51.100.7 203.0.113.1 4 5\r\n')],
  ['version 3', proxyV2({ command: 0x31 })],
  ['a command that there is not', proxyV2({ command: 0x22 })],
  ['datagrams', proxyV2({ family: 0x12 })],
  ['addresses that are cut off', proxyV2({ body: ipv4Body().subarray(0, 11) })],
  ['IPv6 with the length of IPv4', proxyV2({ family: 0x21 })],
  ['more than 4 KiB', proxyV2({ length: 4_096 })],
]

it.each(BAD)('%s is refused as soon as that can be known', (_, bytes) => {
  expect(readProxyHeader(bytes)).toEqual({ outcome: 'malformed' })
})

it('any bytes are a header, the beginning of one, or refused; 4 KiB are never waited for', () => {
  const begun = fc.constantFrom(Buffer.from('PROXY '), proxyV2().subarray(0, 12), Buffer.alloc(0))
  fc.assert(
    fc.property(begun, fc.uint8Array({ maxLength: 300 }), (start, rest) => {
      const bytes = Buffer.concat([start, rest])
      const header = readProxyHeader(bytes)
      if (header.outcome === 'header') expect(header.length).toBeLessThanOrEqual(bytes.length)
      const long = readProxyHeader(Buffer.concat([bytes, Buffer.alloc(4_096)]))
      expect(long.outcome).not.toBe('incomplete')
    }),
  )
})

it('a flipped bit never makes an address of what is none', () => {
  for (const [, bytes] of GOOD)
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Buffer.from(bytes)
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7))
      const header = readProxyHeader(flipped)
      if (header.outcome === 'header') expect(addressOf(flipped) ?? '0.0.0.0').toMatch(/^[\d.]+$|^[\da-f:]+$/)
    }
})
