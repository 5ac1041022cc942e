// Does every device see every chat in the one order of its seq, whatever else arrives in between?
import { expect, test } from 'vitest'
import { decodeDown, encodeUp } from '../../../proto/codec.ts'
import { chatTopic } from '../../../proto/topics.ts'
import { publishPacket } from '../../support/mqtt-packets.ts'
import { Phone } from '../../support/phone.ts'
import { Random } from '../../support/random.ts'
import { useServer } from '../../support/use-server.ts'

const use = useServer()

test('G3 many senders at once: every member sees the same order, without a gap [MQTT-4.6.0-5]', async () => {
  const names = ['alice', 'bob', 'carol', 'dave', 'erin']
  const phones = await Promise.all(names.map((name) => use.phone(`${name}/phone`)))
  const group = await (phones[0] as Phone).createGroup('crowd', names.slice(1))
  const each = 60
  await Promise.all(
    phones.map(async (phone, who) => {
      for (let i = 0; i < each; i++) await phone.text(group, `${who}:${i}`)
    }),
  )
  const last = 1 + names.length * each
  const logs = await Promise.all(
    phones.map(async (phone, who) => {
      const seen = new Map<number, string>()
      const own = await acceptedSeqs(phone, each)
      for (let i = 1; i <= last; i++) {
        if (own.has(i) || (i === 1 && who === 0)) continue
        const message = await phone.message(group)
        expect(message.seq).toBe(i)
        seen.set(message.seq, message.text ?? '')
      }
      return seen
    }),
  )
  for (let seq = 2; seq <= last; seq++) {
    const texts = new Set(logs.flatMap((log) => log.get(seq) ?? []))
    expect([...texts]).toHaveLength(1)
  }
  // Each sender's own messages kept their order.
  for (let who = 0; who < names.length; who++) {
    const order = [...(logs[(who + 1) % names.length] as Map<number, string>).values()].filter((text) =>
      text.startsWith(`${who}:`),
    )
    expect(order).toEqual(Array.from({ length: each }, (_, i) => `${who}:${i}`))
  }
})

/** The seqs that the phone's own sends got, once all of them are known. */
async function acceptedSeqs(phone: Phone, count: number): Promise<Set<number>> {
  const seqs = new Set<number>()
  while (seqs.size < count) {
    const { seq, more } = await phone.next('accepted', (item) => item.seq > 1)
    for (let i = 0; i <= more; i++) seqs.add(seq + i)
  }
  return seqs
}

test('G3 trap 3: direct, group and typing mixed at once: all arrive live, in order', async () => {
  const random = new Random(3)
  const alice = await use.phone('alice/phone')
  const bob = await use.phone('bob/phone')
  const group = await alice.createGroup('mix', ['bob', 'carol', 'dave', 'erin'])
  const direct = alice.direct('bob')
  const texts = { [direct]: [] as string[], [group]: [] as string[] }
  const packets: Buffer[] = []
  for (let i = 0; i < 600; i++) {
    const chat = random.pick([direct, group])
    const kind = random.next()
    if (kind < 0.3)
      packets.push(publishPacket({ topic: chatTopic(chat), qos: 0, payload: encodeUp({ typing: {} }) }))
    const message = {
      clientSeq: Phone.nextClientSeq(),
      text: `${i}`,
      ...(chat === direct && { peer: 'bob' }),
    }
    packets.push(publishPacket({ topic: chatTopic(chat), packetId: i + 1, payload: encodeUp({ message }) }))
    texts[chat]?.push(`${i}`)
  }
  alice.raw.send(...packets)
  for (const chat of [direct, group]) {
    for (const expected of texts[chat] as string[]) {
      let message = await bob.message(chat)
      // Only texts are compared; the group has its Created first.
      while (message.change) message = await bob.message(chat)
      expect(message.text).toBe(expected)
    }
  }
})

test('G3 a device that reconnects all the time still sees one order without gaps', async () => {
  const random = new Random(4)
  const alice = await use.phone('alice/phone')
  await use.users('frank')
  const total = 400
  const sending = (async () => {
    for (let i = 1; i <= total; i++) await alice.text(alice.direct('frank'), `${i}`, { peer: 'frank' })
  })()
  const seen: number[] = []
  const last = () => seen.at(-1) ?? 0
  while (last() < total) {
    const frank = await use.phone('frank/phone')
    const patience = last() + random.between(1, 60)
    await frank.next('messages', (item) => item.seq >= Math.min(patience, total))
    frank.raw.cut()
    const came = frank
      .frames()
      .flatMap((frame) => decodeDown(frame.payload).messages.map((message) => Number(message.seq)))
    for (const seq of came) {
      // What was not acknowledged in the last connection may come again, but nothing is skipped.
      expect(seq).toBeLessThanOrEqual(last() + 1)
      if (seq === last() + 1) seen.push(seq)
    }
  }
  await sending
  expect(seen).toEqual(Array.from({ length: total }, (_, i) => i + 1))
})

test('G2 PUBACKs in any order are taken: nothing comes twice, nothing is lost', async () => {
  const random = new Random(5)
  const alice = await use.phone('alice/phone')
  const gina = await use.phone('gina/phone', { acks: false })
  for (let i = 0; i < 40; i++) {
    await alice.text(alice.direct('gina'), `${i}`, { peer: 'gina' })
    await gina.next('messages', (item) => item.text === `${i}`)
    if (i % 8 === 7) {
      const unanswered = gina.frames().slice(-8)
      for (const frame of random.sample(unanswered, unanswered.length)) gina.raw.puback(frame)
    }
  }
  await gina.raw.roundTrip()
  await gina.disconnect()
  const again = await use.phone('gina/phone')
  await alice.tell('gina', 'last')
  expect((await again.message()).text).toBe('last')
})

test('trap 5: packet ids in flight are never 0 and never given twice [MQTT-2.3.1-4]', async () => {
  const alice = await use.phone('alice/phone')
  const hugo = await use.phone('hugo/phone', { acks: false })
  for (let i = 0; i < 12; i++) {
    await alice.tell('hugo', `${i}`)
    await hugo.next('messages', (item) => item.text === `${i}`)
  }
  const ids = hugo.frames().map((frame) => frame.packetId)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids).not.toContain(0)
})
