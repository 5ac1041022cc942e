import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Transactions } from '../../../../broker/mailbox/lmdb/journal/transactions.ts'

/** Transactions whose commits the test ends itself. */
function harness() {
  const events: string[] = []
  const commits: { resolve: () => void; reject: (error: unknown) => void }[] = []
  const transactions = new Transactions({
    prepare: () => void events.push('prepare'),
    commit: () => {
      events.push('commit')
      return new Promise((resolve, reject) => commits.push({ resolve, reject }))
    },
    settle: () => undefined,
    failed: (error) => {
      events.push('failed')
      return error
    },
  })
  const act = (name: string) => () => {
    events.push(name)
    return name
  }
  return { events, commits, transactions, act }
}

test('what arrives in one turn shares a transaction, and what arrives during it shares the next', async () => {
  const { events, commits, transactions, act } = harness()
  const first = Promise.all([transactions.write(act('a')), transactions.write(act('b'))])
  await nextTurn()
  const second = Promise.all([transactions.write(act('c')), transactions.write(act('d'))])
  await nextTurn()
  expect(events).toEqual(['prepare', 'a', 'b', 'commit'])
  commits[0]?.resolve()
  expect(await first).toEqual(['a', 'b'])
  await nextTurn()
  await nextTurn()
  expect(events.slice(4)).toEqual(['prepare', 'c', 'd', 'commit'])
  commits[1]?.resolve()
  expect(await second).toEqual(['c', 'd'])
  await transactions.settled()
})

test('a read sees no write of its own turn, and does not wait for its transaction', async () => {
  const { events, commits, transactions, act } = harness()
  const write = transactions.write(act('write'))
  expect(await transactions.read(act('read'))).toBe('read')
  expect(events).toEqual(['prepare', 'read', 'write', 'commit'])
  commits[0]?.resolve()
  await write
})

test('reads alone make no transaction', async () => {
  const { events, transactions, act } = harness()
  await transactions.read(act('read'))
  expect(events).toEqual(['prepare', 'read'])
})

test('a failed transaction fails all that waits, and all that comes until a restart', async () => {
  const { events, commits, transactions, act } = harness()
  const first = transactions.write(act('a'))
  await nextTurn()
  const second = transactions.write(act('b'))
  const read = transactions.read(act('r'))
  commits[0]?.reject(new Error('disk'))
  await expect(first).rejects.toThrow('disk')
  await expect(second).rejects.toThrow('disk')
  await expect(read).rejects.toThrow('disk')
  await expect(transactions.write(act('c'))).rejects.toThrow('disk')
  expect(events).toEqual(['prepare', 'a', 'commit', 'failed'])
  transactions.restart()
  const after = transactions.write(act('d'))
  await nextTurn()
  commits[1]?.resolve()
  expect(await after).toBe('d')
})

test('an act that throws fails the transaction before it is written', async () => {
  const { events, transactions, act } = harness()
  const good = transactions.write(act('a'))
  const bad = transactions.write(() => {
    throw new Error('a bug')
  })
  await expect(good).rejects.toThrow('a bug')
  await expect(bad).rejects.toThrow('a bug')
  expect(events).toEqual(['prepare', 'a', 'failed'])
})
