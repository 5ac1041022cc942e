import { expect, test } from 'vitest'
import { Admission } from '../../../broker/admission.ts'
import { readBrokerConfig } from '../../../broker/config.ts'
import { KeyedBuckets, TokenBucket } from '../../../broker/rate-limit.ts'
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
  expect([admission.open(), admission.open(), admission.open()]).toEqual([
    undefined,
    undefined,
    'unauthenticated',
  ])
  admission.authenticated()
  expect([admission.open(), admission.open()]).toEqual([undefined, 'connections'])
  expect(admission.connections).toBe(1)
  admission.close(true)
  expect(admission.open()).toBe('unauthenticated')
  admission.close(false)
  expect(admission.open()).toBe(undefined)
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

test('G8 wrong tokens of one address do not shut out another, and are forgiven with time', () => {
  const admission = new Admission({ ...limits, failedLoginsPerMinPerAddressMax: 6 }, 0)
  for (let i = 0; i < 6; i++) admission.failedLogin('a', 0)
  expect(admission.connect('a', 0)).toBe('failed-logins')
  expect(admission.connect('b', 0)).toBe(undefined)
  expect(admission.connect('a', 10_000)).toBe(undefined)
})
