// Does content get to its readers byte for byte? What becomes of quiet messages, and of those that have a time to end at?
import { expect, test } from 'vitest'
import { TTL_S_MAX } from '../../../proto/limits.ts'
import { Phone } from '../../support/phone.ts'
import { FakeTime } from '../../support/fake-time.ts'
import { useServer } from '../../support/use-server.ts'

const time = new FakeTime('all')
const use = useServer(time.env)
const CONTENT = Uint8Array.of(0, 255, 10, 200)

async function send(phone: Phone, peer: string, message: object): Promise<number> {
  const clientSeq = Phone.nextClientSeq()
  await phone.up(phone.direct(peer), { message: { clientSeq, peer, ...message } })
  return clientSeq
}

test('content gets there as it was sent, whatever it is, with text beside it or alone', async () => {
  const bob = await use.phone('bob/phone')
  const alice = await use.phone('alice/phone')
  for (const message of [
    { content: CONTENT },
    { content: CONTENT, text: 'for all clients' },
    { content: CONTENT, quiet: true },
  ]) {
    const clientSeq = await send(alice, 'bob', message)
    const { content, text, quiet, sentAtS } = await bob.message()
    expect({ content: Uint8Array.from(content), text, quiet }).toEqual({
      text: null,
      quiet: false,
      ...message,
    })
    const accepted = await alice.next('accepted', (one) => one.clientSeq === clientSeq)
    expect(accepted.atS).toBe(sentAtS)
  }
})

test.each([
  ['content beside a body', { content: CONTENT, body: CONTENT }, 'invalid'],
  ['nothing at all', { quiet: true }, 'invalid'],
  ['a ttl beyond the limit', { text: 'hi', ttlS: TTL_S_MAX + 1 }, 'invalid'],
  ['too much content', { content: new Uint8Array(65_537) }, 'too-large'],
])('%s is refused', async (_, message, code) => {
  await use.users('dora')
  const carl = await use.phone('carl/phone')
  expect(await carl.rejected(await send(carl, 'dora', message))).toBe(code)
})

test('quiet messages are not unread', async () => {
  await use.users('frida')
  const emil = await use.phone('emil/phone')
  await emil.tell('frida', 'loud')
  await emil.accepted(await send(emil, 'frida', { text: 'quiet', quiet: true }))
  const frida = await use.phone('frida/phone')
  await frida.up(frida.direct('emil'), { query: { request: 1, detail: {} } })
  expect((await frida.response(1)).chat).toMatchObject({ lastSeq: 2, unread: 1 })
})

test('G2 a message that has ended is not delivered, is told as no gap, and the next one says why it is missing', {
  timeout: 60_000,
}, async (context) => {
  time.needed(context)
  const exp = Math.floor(Date.now() / 1000) + 86_400
  const hans = await use.token({ user: 'hans', exp })
  await (await use.phone('hans/phone', { token: hans })).disconnect()
  const ginas = await use.token({ user: 'gina', exp })
  const gina = await use.phone('gina/phone', { token: ginas })
  await gina.accepted(await send(gina, 'hans', { text: 'first', ttlS: 7_200 * 12 }))
  await gina.accepted(await send(gina, 'hans', { text: 'gone', ttlS: 60 }))
  await gina.accepted(await send(gina, 'hans', { content: CONTENT, ttlS: 60 }))
  // Who stays connected for so long without a word is closed for it, as soon as the server looks at its timers.
  await gina.disconnect()
  time.set(3 * 3_600)
  await (await use.phone('gina/phone', { token: ginas })).tell('hans', 'last')
  const phone = await use.phone('hans/phone', { token: hans })
  const came = [await phone.message(), await phone.message()]
  expect(came.map(({ seq, text, briefBefore }) => [seq, text, briefBefore])).toEqual([
    [1, 'first', 0],
    [4, 'last', 3],
  ])
  expect(phone.items().filter(({ kind }) => kind === 'gaps' || kind === 'messages')).toEqual([])
})
