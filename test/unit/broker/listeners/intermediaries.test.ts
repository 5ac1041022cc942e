import { expect, it } from 'vitest'
import { Between } from '../../../../broker/listeners/intermediaries.ts'

const between = new Between({
  proxyProtocolFrom: ['10.0.0.0/8', '2001:db8::/32', '192.0.2.1'],
  forwardedForFrom: ['10.1.0.0/16', '::1'],
})

it('balancers are those of the networks and addresses that are stated, however their sockets write them', () => {
  for (const one of ['10.0.0.1', '10.255.1.2', '::ffff:10.0.0.1', '2001:db8:ffff::1', '192.0.2.1'])
    expect(between.isBalancer(one), one).toBe(true)
  for (const one of ['11.0.0.1', '192.0.2.2', '::ffff:192.0.2.2', '2001:db9::1', '::1', '', 'not-one'])
    expect(between.isBalancer(one), one).toBe(false)
  const nobody = new Between({ proxyProtocolFrom: [], forwardedForFrom: [] })
  expect(nobody.isBalancer('127.0.0.1')).toBe(false)
})

it('X-Forwarded-For is believed of stated addresses alone, from its end', () => {
  const client = (peer: string, header?: string): string => between.client(peer, header)
  expect(client('10.1.0.1')).toBe('10.1.0.1')
  expect(client('10.1.0.1', '198.51.100.7')).toBe('198.51.100.7')
  expect(client('::ffff:10.1.0.1', ' 198.51.100.7 ')).toBe('198.51.100.7')
  expect(client('::1', '[2001:db8::7]:443')).toBe('2001:db8::7')
  expect(client('::1', '198.51.100.7:5000')).toBe('198.51.100.7')
  expect(client('203.0.113.9', '198.51.100.7')).toBe('203.0.113.9')
  // What stands in front was sent by the client, and is believed of nobody.
  expect(client('10.1.0.1', '1.2.3.4, 198.51.100.7')).toBe('198.51.100.7')
  // Two of ours, one behind the other.
  expect(client('10.1.0.1', '1.2.3.4, 198.51.100.7, 10.1.2.3')).toBe('198.51.100.7')
  expect(client('10.1.0.1', '10.1.2.3, 10.1.2.4')).toBe('10.1.2.3')
})

it('what is no address ends it there', () => {
  for (const bad of ['unknown', '', '_hidden', '1.2.3', '300.1.1.1', 'fe80::1%eth0', '<script>'])
    expect(between.client('10.1.0.1', bad), bad).toBe('10.1.0.1')
  expect(between.client('10.1.0.1', '198.51.100.7, nonsense, 10.1.2.3')).toBe('10.1.2.3')
})
