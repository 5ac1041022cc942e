// One server of the store stands still: who waits for it that need not?
import { expect, it } from 'vitest'
import type { MailboxStore } from '../../../../broker/mailbox/store.ts'
import { until } from '../../../support/deadline.ts'
import { cleanUp, faulty, freshStore, messageEntry, TestConnection } from '../delivery-support.ts'
import { chatIn, connect, startNode } from '../node-support.ts'

const WAIT_MS = 4_000
const isSlow = (mailbox: string): boolean => mailbox === 'p/9' || mailbox === 'u/slow'

/** A store of two servers; nothing that concerns the slow one is answered until the end of the test. */
function halfAway(store: MailboxStore): MailboxStore {
  let isOver = false
  cleanUp(() => {
    isOver = true
  })
  const flaw = (name: 'append' | 'attach' | 'detach' | 'advance' | 'heads') => ({
    [name]: (items: readonly { mailbox: string }[]) =>
      !isOver && items.some(({ mailbox }) => isSlow(mailbox))
        ? new Promise<never>(() => undefined)
        : (store[name] as (items: unknown) => Promise<never>).call(store, items),
  })
  return faulty(store, {
    serverOf: (mailbox) => (isSlow(mailbox) ? 'slow' : 'quick'),
    ...flaw('append'),
    ...flaw('attach'),
    ...flaw('detach'),
    ...flaw('advance'),
    ...flaw('heads'),
  })
}

it('devices of its users can not come in, and all others can', async () => {
  const bench = await startNode(halfAway(await freshStore()))
  const slow = connect(bench.node, new TestConnection('slow')).catch(() => undefined)
  const others = await Promise.all(['ann', 'bob', 'carol'].map((user) => bench.device(user)))
  expect(others.map(({ isClosed }) => isClosed)).toEqual([false, false, false])
  void slow
})

it('marks of its chats wait, and marks of all others are written and their cursors moved (G2, G6)', async () => {
  const store = await freshStore()
  const bench = await startNode(halfAway(store))
  const [ann, bob] = [await bench.device('ann'), await bench.device('bob')]
  const tell = async (user: string, partition: number): Promise<void> => {
    const bytes = messageEntry(1, 'x', chatIn(partition))
    await store.append([{ mailbox: `u/${user}`, bytes }])
  }
  await tell('ann', 9)
  await tell('bob', 8)
  for (const phone of [ann, bob]) {
    bench.node.ping(phone)
    await phone.gets('x')
    bench.node.acknowledge(phone, phone.sent[0]?.packetId as number)
  }
  const waiting = async (user: string) => (await store.devices(user))[0]?.waiting
  await until(async () => (await waiting('bob')) === 0, WAIT_MS, 'the cursor of whom it does not concern')
  expect(await waiting('ann')).toBe(1)
})
