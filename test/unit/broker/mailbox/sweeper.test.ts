import { expect, test } from 'vitest'
import { until } from '../../../support/deadline.ts'
import { faulty, freshStore, messageEntry } from '../delivery-support.ts'
import { startNode } from '../node-support.ts'

const quick = { limits: { sweepMs: 5 } }

test('a node sweeps from its start on, again and again: what has expired goes, what is younger stays (G8)', async () => {
  const store = await freshStore()
  await store.attach([
    { mailbox: 'u/bob', reader: 'phone', node: 'z', ttlMs: 0, tokenIssuedAtMs: Date.now() },
  ])
  // A store may keep what expired within the last hour.
  const expired = { expiresAtMs: Date.now() - 2 * 3_600_000 }
  await store.append([{ mailbox: 'u/bob', bytes: messageEntry(1), ...expired }])
  const node = await startNode(store, quick)
  const swept = (): number => node.metrics.sums.get('swept') ?? 0
  await until(() => swept() >= 1, 3_000, 'the first sweep')
  await store.append([{ mailbox: 'u/bob', bytes: messageEntry(2), ...expired }])
  await store.append([{ mailbox: 'u/bob', bytes: messageEntry(3), expiresAtMs: Date.now() + 3_600_000 }])
  await until(() => swept() >= 2, 3_000, 'the next sweep')
  const { entries } = await store.read('u/bob', 0, 10, 10_000)
  expect(entries.map(({ bytes }) => bytes)).toEqual([messageEntry(3)])
})

test('a sweep that fails is tried again', async () => {
  const store = await freshStore()
  let tries = 0
  const sweep = (): Promise<number> => Promise.reject(new Error(`away ${++tries}`))
  await startNode(faulty(store, { sweep }), quick)
  await until(() => tries > 2, 3_000, 'three tries')
})

test('while more is due than a sweep may take, the next one comes at once', async () => {
  const store = await freshStore()
  let left = 5
  const sweep = (_nowMs: number, mailboxesMax: number): Promise<number> =>
    Promise.resolve(left-- > 0 ? mailboxesMax : 0)
  const { metrics } = await startNode(faulty(store, { sweep }), { limits: { sweepMs: 300 } })
  await until(() => metrics.count('swept') === 6, 3_000, 'six sweeps after one wait')
})
