import { expect, test } from 'vitest'
import { Batcher } from '../../../kit/batcher.ts'

/** A batcher whose batches end when the test says so. */
function manual(itemsMax?: number, begin?: (act: () => void) => void) {
  const batches: { items: number[]; end: (failure?: Error) => void }[] = []
  const batcher = new Batcher<number, string>(
    (items) =>
      new Promise((resolve, reject) =>
        batches.push({
          items,
          end: (failure) => (failure ? reject(failure) : resolve(items.map((item) => `r${item}`))),
        }),
      ),
    itemsMax,
    begin,
  )
  return { batcher, batches }
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('items of one turn share the first batch; what comes while it is out goes in the next, in order', async () => {
  const { batcher, batches } = manual()
  const first = [batcher.add(1), batcher.add(2)]
  await turn()
  const second = [batcher.add(3), batcher.add(4), batcher.add(5)]
  await turn()
  expect(batches.map((batch) => batch.items)).toEqual([[1, 2]])
  expect(batcher.waiting).toBe(3)
  batches[0]?.end()
  expect(await Promise.all(first)).toEqual(['r1', 'r2'])
  await turn()
  batches[1]?.end()
  expect(await Promise.all(second)).toEqual(['r3', 'r4', 'r5'])
  expect(batches.map((batch) => batch.items)).toEqual([
    [1, 2],
    [3, 4, 5],
  ])
})

test('a failed batch rejects its own items and the next one goes on', async () => {
  const { batcher, batches } = manual()
  const first = batcher.add(1)
  await turn()
  const second = batcher.add(2)
  batches[0]?.end(new Error('disk full'))
  await expect(first).rejects.toThrow('disk full')
  await turn()
  batches[1]?.end()
  expect(await second).toBe('r2')
})

test('G8 no batch is larger than its limit', async () => {
  const { batcher, batches } = manual(2)
  const all = Promise.all([1, 2, 3, 4, 5].map((item) => batcher.add(item)))
  for (let i = 0; i < 3; i++) {
    await turn()
    batches[i]?.end()
  }
  expect(await all).toEqual(['r1', 'r2', 'r3', 'r4', 'r5'])
  expect(batches.map((batch) => batch.items)).toEqual([[1, 2], [3, 4], [5]])
})

test('an idle batcher starts again', async () => {
  const { batcher, batches } = manual()
  for (const item of [1, 2]) {
    const result = batcher.add(item)
    await turn()
    batches.at(-1)?.end()
    expect(await result).toBe(`r${item}`)
    await turn()
  }
  expect(batches).toHaveLength(2)
})

test('at the end of a turn goes what its callbacks brought, and what the results of the last batch set off', async () => {
  const { batcher, batches } = manual(undefined, setImmediate)
  const first = batcher.add(1).then(() => batcher.add(3))
  await Promise.resolve()
  void batcher.add(2)
  expect(batches).toHaveLength(0)
  await turn()
  void batcher.add(4)
  batches[0]?.end()
  await turn()
  await turn()
  expect(batches.map((batch) => batch.items)).toEqual([
    [1, 2],
    [4, 3],
  ])
  batches[1]?.end()
  expect(await first).toBe('r3')
})
