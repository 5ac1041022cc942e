import { expect, test } from 'vitest'
import { Admission } from '../../../broker/listeners/admission.ts'
import { readBrokerConfig } from '../../../broker/config.ts'
import { sourceOf } from '../../../broker/listeners/source.ts'
import { KeyedBuckets, TokenBucket } from '../../../kit/rate-limit.ts'
import { Settings } from '../../../kit/settings.ts'

test('a bucket gives its burst at once, then one token per interval, and says how long a debt lasts', () => {
  const bucket = new TokenBucket(10, 3, 0)
  expect([bucket.take(0), bucket.take(0), bucket.take(0)]).toEqual([0, 0, 0])
  expect(bucket.take(0)).toBe(100)
  expect(bucket.take(0)).toBe(200)
  expect(bucket.has(200)).toBe(false)
  expect(bucket.take(300)).toBe(0)
  expect(bucket.has(10_000)).toBe(true)
})

test('keys have buckets of their own; a rate of 0 limits nothing; the number of keys is bounded', () => {
  const buckets = new KeyedBuckets(1, 2)
  for (let i = 0; i < 2; i++) buckets.take('a', 0)
  expect([buckets.has('a', 0), buckets.has('b', 0)]).toEqual([false, true])
  const off = new KeyedBuckets(0, 0)
  for (let i = 0; i < 100; i++) off.take('a', 0)
  expect(off.has('a', 0)).toBe(true)
  for (let i = 0; i < 10_000; i++) buckets.take(`k${i}`, 0)
  expect(buckets.has('a', 0)).toBe(true)
})

const limits = readBrokerConfig(new Settings({})).connections

test('G8 sockets: at the limit one is taken, one past it not; a closed one makes room', () => {
  const admission = new Admission({ ...limits, connectionsMax: 3, unauthenticatedMax: 2 }, 0)
  expect([admission.open('a'), admission.open('a'), admission.open('a')]).toEqual([
    undefined,
    undefined,
    'unauthenticated',
  ])
  admission.authenticated('a')
  expect([admission.open('a'), admission.open('a')]).toEqual([undefined, 'connections'])
  expect(admission.connections).toBe(1)
  admission.close('a', true)
  expect(admission.open('a')).toBe('unauthenticated')
  admission.close('a', false)
  expect(admission.open('a')).toBe(undefined)
})

test('G8 sockets without CONNACK: one address has a share of them; 0 limits nothing', () => {
  const admission = new Admission({ ...limits, unauthenticatedPerAddressMax: 2 }, 0)
  const from = (source: string, times: number) => Array.from({ length: times }, () => admission.open(source))
  expect(from('a', 3)).toEqual([undefined, undefined, 'address-unauthenticated'])
  expect(from('b', 1)).toEqual([undefined])
  admission.authenticated('a')
  expect(from('a', 2)).toEqual([undefined, 'address-unauthenticated'])
  admission.close('a', true)
  expect(from('a', 1)).toEqual(['address-unauthenticated'])
  admission.close('a', false)
  expect(from('a', 1)).toEqual([undefined])
  const off = new Admission({ ...limits, unauthenticatedPerAddressMax: 0 }, 0)
  for (let i = 0; i < 1_000; i++) expect(off.open('a')).toBe(undefined)
})

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::6', '2001:db8:1:2::/64'],
  ['2001:db8::6', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['', ''],
])('limits of one address count %s as %s', (address, source) => {
  expect(sourceOf(address)).toBe(source)
})

test('G8 connects: the rates of an address and of the node', () => {
  const admission = new Admission({ ...limits, connectsPerSMax: 3, connectsPerSPerAddressMax: 2 }, 0)
  const from = (address: string, times: number) =>
    Array.from({ length: times }, () => admission.connect(address, 0))
  // Two seconds' worth may come at once.
  expect(from('a', 5)).toEqual([undefined, undefined, undefined, undefined, 'address-connect-rate'])
  expect(from('b', 3)).toEqual([undefined, undefined, 'connect-rate'])
  expect(admission.connect('a', 1_000)).toBe(undefined)
})

test('G8 too many wrong tokens of one address are told apart from those of another, and forgiven with time', () => {
  const admission = new Admission({ ...limits, failedLoginsPerMinPerAddressMax: 6 }, 0)
  for (let i = 0; i < 6; i++) expect(admission.failedLogin('a', 0)).toBe(undefined)
  for (let i = 0; i < 100; i++) expect(admission.failedLogin('a', 0)).toBe('too-many')
  expect(admission.connect('a', 0)).toBe(undefined)
  expect(admission.failedLogin('b', 0)).toBe(undefined)
  expect(admission.failedLogin('a', 10_000)).toBe(undefined)
})
