// Messages of a chat that disappear: who says so, who hears of it, and what becomes of what nobody has fetched?
import { expect, test } from 'vitest'
import type { Up } from '../../../proto/codec.ts'
import type { ChatId } from '../../../proto/ids.ts'
import { DISAPPEAR_AFTER_S_MAX } from '../../../proto/limits.ts'
import { until } from '../../support/deadline.ts'
import { FakeTime } from '../../support/fake-time.ts'
import { Phone } from '../../support/phone.ts'
import { useServer } from '../../support/use-server.ts'

const time = new FakeTime('all')
const use = useServer(time.env)
const DAY_S = 86_400

async function set(phone: Phone, chat: ChatId, afterS: number): Promise<number> {
  const clientSeq = Phone.nextClientSeq()
  const up: Up = { setDisappearing: { clientSeq, afterS } }
  await phone.up(chat, up)
  return clientSeq
}

test('a change says so, with its seq, to all; who may not, and what is too long, is refused', async (context) => {
  time.needed(context)
  const [alice, bob] = [await use.phone('alice/phone'), await use.phone('bob/phone')]
  const group = await alice.createGroup('trip', ['bob'])
  expect(await bob.rejected(await set(bob, group, 60))).toBe('forbidden')
  expect(await alice.rejected(await set(alice, group, DISAPPEAR_AFTER_S_MAX + 1))).toBe('invalid')
  expect(await alice.accepted(await set(alice, group, DISAPPEAR_AFTER_S_MAX))).toBe(2)
  expect(await alice.accepted(await set(alice, group, DISAPPEAR_AFTER_S_MAX))).toBe(2)
  expect((await bob.message(group)).change.created.name).toBe('trip')
  expect(await bob.message(group)).toMatchObject({
    seq: 2,
    change: { disappearingSet: { afterS: DISAPPEAR_AFTER_S_MAX } },
  })

  const chat = alice.direct('bob')
  expect(await alice.rejected(await set(alice, chat, 60))).toBe('unknown-chat')
  await alice.tell('bob', 'hello')
  expect(await bob.accepted(await set(bob, chat, 60))).toBe(2)
  const asked = await alice.request({ request: 1, myChats: {} })
  const listed = asked.chats.chats.map(({ disappearAfterS }) => disappearAfterS)
  expect(listed.toSorted((a, b) => a - b)).toEqual([60, DISAPPEAR_AFTER_S_MAX])
})

test('G2 who has not got a message when it would be gone, a day at least, never gets it, and is told of no gap', async (context) => {
  time.needed(context)
  const exp = Math.floor(Date.now() / 1000) + 100 * DAY_S
  const token = await use.token({ user: 'dave', exp })
  const carol = await use.phone('carol/phone', { token: await use.token({ user: 'carol', exp }) })
  const dave = await use.phone('dave/phone', { token, acks: false })
  await carol.tell('dave', 'stays')
  await dave.message()
  dave.raw.cut()
  const chat = carol.direct('dave')
  await carol.accepted(await set(carol, chat, 60))
  await carol.accepted(await carol.text(chat, 'goes'))

  const again = await use.phone('dave/phone', { token, acks: false })
  expect([await again.message(), await again.message(), await again.message()]).toMatchObject([
    { text: 'stays' },
    { change: { disappearingSet: { afterS: 60 } } },
    { text: 'goes' },
  ])
  again.raw.cut()
  time.set(DAY_S + 3_600)
  const late = await until(() => use.phone('dave/phone', { token }), 10_000, 'let in', 250)
  expect((await late.message()).text).toBe('stays')
  expect((await late.message()).change.disappearingSet.afterS).toBe(60)
  await late.request({ request: 1, myChats: {} })
  expect(late.items().filter(({ kind }) => kind === 'gaps' || kind === 'messages')).toEqual([])
})
