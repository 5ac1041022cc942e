import { expect, it } from 'vitest'
import { errorCode } from '../../../../proto/errors.ts'
import type { ChatRow, PageAsk } from '../../../../workers/directory/directory.ts'
import { PAGES_WAITING_PER_USER_MAX } from '../../../../workers/loop/pages.ts'
import { type Office, say, talking } from '../office.ts'

/** A directory that brings pages when it is told to. */
function slowly(office: Office): { readonly asked: string[][]; answer: () => void } {
  const slow = { asked: [] as string[][], answer: (): void => undefined }
  const chatPages = office.directory.chatPages.bind(office.directory)
  office.directory.chatPages = async (asks: readonly PageAsk[]): Promise<ChatRow[][]> => {
    slow.asked.push(asks.map(({ user }) => user))
    await new Promise<void>((resolve) => (slow.answer = resolve))
    return chatPages(asks)
  }
  return slow
}

/** What was asked goes to the worker, whose decisions are carried out at once. */
async function handOver(office: Office): Promise<void> {
  for (let fanout = await office.loop.handle(office.work()); fanout !== undefined; fanout = fanout.next)
    office.carryOut(fanout)
}

const answered = (office: Office, user: string): number[] =>
  office.delivered
    .filter((one) => one.user === user)
    .flatMap(({ down }) => down.responses.map(({ request }) => request ?? 0))

it('no message waits for a page of chats, however long the directory takes for it (G8)', async () => {
  const office = await talking()
  const slow = slowly(office)
  office.ask('ann', { request: 1, myChats: {} })
  await handOver(office)
  const page = office.loop.lookAtPages()
  say(office, 'ann', 2)
  await handOver(office)
  expect([office.texts('bob'), answered(office, 'ann')]).toEqual([['one', 'ann 2'], []])
  expect(office.loop.isReady).toBe(false)
  slow.answer()
  await page
  expect(office.loop.isReady).toBe(true)
  office.idle()
  expect([answered(office, 'ann'), office.loop.isReady]).toEqual([[1], false])
})

it('an answer goes with the next frame, too, whatever partition that is of', async () => {
  const office = await talking()
  const slow = slowly(office)
  office.ask('cid', { request: 1, myChats: {} })
  await handOver(office)
  const page = office.loop.lookAtPages()
  slow.answer()
  await page
  say(office, 'ann', 2)
  await handOver(office)
  expect([office.texts('bob'), answered(office, 'cid')]).toEqual([['one', 'ann 2'], [1]])
})

it('pages are asked for one query at a time, of each user one: who asks for many waits for their own (G8)', async () => {
  const office = await talking()
  const slow = slowly(office)
  for (let request = 1; request <= 3; request++) office.ask('ann', { request, myChats: {} })
  office.ask('bob', { request: 1, myChats: {} })
  await handOver(office)
  for (let query = 1; query <= 3; query++) {
    const page = office.loop.lookAtPages()
    expect(office.loop.lookAtPages()).toBeUndefined()
    slow.answer()
    await page
  }
  office.idle()
  expect(slow.asked).toEqual([['ann', 'bob'], ['ann'], ['ann']])
  expect([answered(office, 'ann'), answered(office, 'bob')]).toEqual([[1, 2, 3], [1]])
})

it('of one user so many wait; of more it is said at once when to ask again (G8)', async () => {
  const office = await talking()
  for (let request = 1; request <= PAGES_WAITING_PER_USER_MAX + 1; request++)
    office.ask('ann', { request, myChats: {} })
  office.ask('bob', { request: 1, myChats: {} })
  await handOver(office)
  expect(office.delivered.flatMap(({ down }) => down.rejected)).toMatchObject([
    { request: PAGES_WAITING_PER_USER_MAX + 1, code: errorCode('rate-limited'), retryAfterS: 1 },
  ])
})

it('what was asked of a partition that went to another worker is not answered by this one (G7)', async () => {
  const office = await talking()
  const slow = slowly(office)
  office.ask('ann', { request: 1, myChats: {} })
  await handOver(office)
  const page = office.loop.lookAtPages()
  office.loop.forgetAll()
  slow.answer()
  await page
  office.idle()
  expect(answered(office, 'ann')).toEqual([])
})
