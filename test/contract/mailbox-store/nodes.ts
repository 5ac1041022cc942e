import { expect, it } from 'vitest'
import type { Suite } from './suite.ts'
import { eventually } from './support.ts'

export function nodeCases(suite: Suite): void {
  it('lists living nodes with their workers, sorted', async () => {
    const { store } = await suite.fresh()
    expect(await store.announce('node-b', ['w2', 'w1'], 60_000)).toEqual([
      { node: 'node-b', workers: ['w2', 'w1'] },
    ])
    await store.announce('node-c', [], 60_000)
    expect(await store.announce('node-a', ['w3'], 60_000)).toEqual([
      { node: 'node-a', workers: ['w3'] },
      { node: 'node-b', workers: ['w2', 'w1'] },
      { node: 'node-c', workers: [] },
    ])
    const after = await store.announce('node-b', [], 60_000)
    expect(after.find((record) => record.node === 'node-b')).toEqual({ node: 'node-b', workers: [] })
  })

  it('forgets a node that does not announce itself again in time', async () => {
    const { store } = await suite.fresh()
    await store.announce('node-a', ['w1'], 50)
    await eventually(async () =>
      expect(await store.announce('node-b', [], 60_000)).toEqual([{ node: 'node-b', workers: [] }]),
    )
  })

  it('forgets a node at once that withdraws', async () => {
    const { store } = await suite.fresh()
    await store.announce('node-a', ['w1'], 60_000)
    await store.withdraw('node-a')
    await store.withdraw('node-never')
    expect(await store.announce('node-b', [], 60_000)).toEqual([{ node: 'node-b', workers: [] }])
  })
}
