// What does the sender of a frame that is no frame of ours get? A Rejected entry with a code; others see nothing.
import { expect, test } from 'vitest'
import { encodeUp } from '../../../proto/codec.ts'
import { errorCode } from '../../../proto/errors.ts'
import { chatBytesOf } from '../../../proto/ids.ts'
import { Phone } from '../../support/phone.ts'
import { useServer } from '../../support/use-server.ts'

const use = useServer()
const hex = (text: string): Buffer => Buffer.from(text, 'hex')

const FRAMES: [name: string, bytes: Uint8Array, code: 'malformed' | 'unsupported'][] = [
  ['no protobuf', Buffer.from('hello, world'), 'malformed'],
  ['a length that runs out of the frame', hex('0affffffff07'), 'malformed'],
  ['a length inside a message that runs out', hex('0a081affffffff0700'), 'malformed'],
  ['groups nested for ever', new Uint8Array(5_000).fill(0x0b), 'malformed'],
  ['an empty frame', new Uint8Array(0), 'unsupported'],
  ['a kind that this server does not know', hex('fa3f020805'), 'unsupported'],
]

test.each(FRAMES)('trap 28: %s is Rejected with the chat it was sent to', async (_, bytes, code) => {
  const alice = await use.phone('alice/phone')
  const chat = alice.direct('bob')
  await alice.raw.publish({ topic: `g/${chat}`, payload: bytes })
  const refusal = await alice.next('rejected')
  expect(refusal.code).toBe(errorCode(code))
  // A number that can be read from a kind that nobody knows is told; without one, the chat is.
  if (code === 'unsupported' && bytes.length > 0) expect(refusal.clientSeq).toBe(5)
  else expect(Buffer.from(refusal.chat)).toEqual(Buffer.from(chatBytesOf(chat)))
  await use.users('bob')
  await alice.tell('bob', 'still connected')
})

test('a request that is none is Rejected as well', async () => {
  const alice = await use.phone('alice/phone')
  await alice.raw.publish({ topic: 'q', payload: Buffer.from('hello, world') })
  expect((await alice.next('rejected')).code).toBe(errorCode('malformed'))
  await alice.raw.publish({ topic: 'q', payload: hex('0805fa3f020801') })
  expect(await alice.next('rejected', (item) => item.request === 5)).toMatchObject({
    code: errorCode('unsupported'),
  })
})

test('trap 17: hostile user ids in commands are refused', async () => {
  const alice = await use.phone('alice/phone')
  const group = await alice.createGroup('trip', [])
  for (const user of ['__proto__', 'a/b', 'a+b', '#', '', 'x'.repeat(65), 'constructor/..', '\0']) {
    const clientSeq = Phone.nextClientSeq()
    await alice.up(group, { add: { clientSeq, members: [user] } })
    expect(['unknown-user', 'invalid'], user).toContain(await alice.rejected(clientSeq))
  }
  const clientSeq = Phone.nextClientSeq()
  await alice.up(alice.direct('nobody'), { message: { clientSeq, text: 'x', peer: '__proto__' } })
  expect(['unknown-user', 'unknown-chat', 'invalid']).toContain(await alice.rejected(clientSeq))
})

test('a clientSeq of 0 or beyond 2^53 - 1 is Rejected', async () => {
  const alice = await use.phone('alice/phone')
  const chat = alice.direct('bob')
  await alice.up(chat, { message: { clientSeq: 0, text: 'x', peer: 'bob' } })
  expect((await alice.next('rejected')).code).toBe(errorCode('malformed'))
  // SendMessage { clientSeq: 2^63 - 1, text: "x" }
  await alice.raw.publish({ topic: `g/${chat}`, payload: hex('0a0d08ffffffffffffffff7f120178') })
  expect((await alice.next('rejected')).code).toBe(errorCode('malformed'))
})

test('text that is not UTF-8 is refused or repaired, and the receiver can read it', async () => {
  const alice = await use.phone('alice/phone')
  const bob = await use.phone('bob/phone')
  const good = Buffer.from(
    encodeUp({ message: { clientSeq: Phone.nextClientSeq(), text: 'AAAA', peer: 'bob' } }),
  )
  good.fill(0xff, good.indexOf('AAAA'), good.indexOf('AAAA') + 4)
  await alice.raw.publish({ topic: `g/${alice.direct('bob')}`, payload: good })
  await alice.tell('bob', 'after')
  const texts = [(await bob.message()).text]
  while (texts.at(-1) !== 'after') texts.push((await bob.message()).text)
  for (const text of texts) expect(Buffer.from(text).toString()).toBe(text)
})
