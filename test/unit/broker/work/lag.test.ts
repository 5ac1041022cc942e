import { expect, it } from 'vitest'
import { until } from '../../../support/deadline.ts'
import { freshStore, TestBus } from '../delivery-support.ts'
import { chatIn, publish, startNode, type TestNode } from '../node-support.ts'

const lagsOf = (...nodes: TestNode[]): string =>
  nodes.map(({ metrics }) => [...metrics.lags].filter(([partition]) => partition < 3).toString()).join(' | ')

const expectLags = (expected: string, ...nodes: TestNode[]): Promise<unknown> =>
  until(
    () => lagsOf(...nodes) === expected,
    3_000,
    () => `${expected}, not ${lagsOf(...nodes)}`,
  )

it('what waits is told by one node while there is no worker anywhere, then by the node that holds it', async () => {
  const store = await freshStore()
  const bus = new TestBus()
  const [a, b] = [await startNode(store, { id: 'a', bus }), await startNode(store, { id: 'b', bus })]
  const alice = await b.device('alice')
  for (const [clientSeq, partition] of [1, 1, 2].entries())
    await publish(b.node, alice, clientSeq + 1, chatIn(partition))
  await expectLags('1,2,2,1 | ', a, b)

  const idle = b.worker()
  await expectLags(' | 1,2,2,1', a, b)
  idle.leave()
  await expectLags('1,2,2,1 | ', a, b)

  a.worker().carryOut()
  await expectLags(' | ', a, b)
})

it('what waits is not asked for while partitions are held', async () => {
  const store = await freshStore()
  let asked = 0
  const counting = new Proxy(store, {
    get: (target, name: keyof typeof store) => {
      if (name === 'counts') asked++
      return target[name].bind(target)
    },
  })
  const bench = await startNode(counting)
  const { metrics } = bench
  bench.worker().carryOut()
  await until(() => metrics.count('leases') > 3, 3_000, 'some rounds')
  const before = asked
  const rounds = metrics.count('leases')
  await until(() => metrics.count('leases') > rounds + 5, 3_000, 'further rounds')
  expect(asked).toBe(before)
})
