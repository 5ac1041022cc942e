import { expect, test } from 'vitest'
import { NODE_LIMITS } from '../../../../broker/config.ts'
import { until } from '../../../support/deadline.ts'
import { faulty, freshStore } from '../delivery-support.ts'
import { startNode } from '../node-support.ts'

const quick = { limits: { sweepMs: 5 } }

test('a node sweeps from its start on, again and again, a slice at a time, until it stops (G8)', async () => {
  const store = await freshStore()
  const slices: number[] = []
  const sweep = (mailboxesMax: number): Promise<number> => {
    slices.push(mailboxesMax)
    return store.sweep(mailboxesMax)
  }
  const { node, metrics } = await startNode(faulty(store, { sweep }), quick)
  await until(() => slices.length >= 3, 3_000, 'three sweeps')
  await until(() => metrics.count('swept') >= 3, 3_000, 'what they say')
  expect(new Set(slices)).toEqual(new Set([NODE_LIMITS.sweepMailboxesMax]))
  await node.stop()
  const last = slices.length
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(slices).toHaveLength(last)
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
  const sweep = (mailboxesMax: number): Promise<number> => Promise.resolve(left-- > 0 ? mailboxesMax : 0)
  const { metrics } = await startNode(faulty(store, { sweep }), { limits: { sweepMs: 300 } })
  await until(() => metrics.count('swept') === 6, 3_000, 'six sweeps after one wait')
})
