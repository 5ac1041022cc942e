// What does a device get that comes back after answers to it have expired? Its messages, and no word of a gap.
import { expect, test } from 'vitest'
import { encodeRequest } from '../../../proto/codec.ts'
import { REQUEST_TOPIC } from '../../../proto/topics.ts'
import { until } from '../../support/deadline.ts'
import { FakeTime } from '../../support/fake-time.ts'
import { useServer } from '../../support/use-server.ts'

const time = new FakeTime('all')
const use = useServer(time.env)
const DAY_S = 86_400

test('G2 answers that nobody fetched are no gap, messages that are too old are one', {
  timeout: 60_000,
}, async (context) => {
  time.needed(context)
  const exp = Math.floor(Date.now() / 1000) + 100 * DAY_S
  const bobsToken = await use.token({ user: 'bob', exp })
  const alice = await use.phone('alice/phone', { token: await use.token({ user: 'alice', exp }) })
  const bob = await use.phone('bob/phone', { token: bobsToken, acks: false })
  for (const request of [{ listDevices: {} }, { myChats: {} }])
    await bob.raw.publish({ topic: REQUEST_TOPIC, payload: encodeRequest({ request: 7, ...request }) })
  for (let answers = 0; answers < 2; answers++) await bob.next('responses')
  bob.raw.cut()
  await alice.tell('bob', 'hello')

  time.set(3 * 3_600)
  const again = await use.phone('bob/phone', { token: bobsToken, acks: false })
  expect((await again.message()).text).toBe('hello')
  expect(again.items().filter(({ kind }) => kind === 'gaps')).toEqual([])
  again.raw.cut()

  time.set(31 * DAY_S)
  // A server whose month has passed at once may be busy with that, and says so: CONNACK 3, come again.
  const late = await until(() => use.phone('bob/phone', { token: bobsToken }), 10_000, 'let in', 250)
  await late.next('gaps')
  expect(late.items().filter(({ kind }) => kind === 'messages')).toEqual([])
})
