import { expect, test } from 'vitest'
import type { Connection } from '../../../../broker/listeners/connection.ts'
import { Intake, type ChatPublish, type IntakeParts } from '../../../../broker/ingest/intake.ts'
import { chatBytesOf, groupChatId, partitionOfChat, type ChatId } from '../../../../proto/ids.ts'
import { decodeEnvelope } from '../../../../proto/server-codec.ts'
import { freshStore } from '../delivery-support.ts'
import { startNode } from '../node-support.ts'

const TRIP = groupChatId(new Uint8Array(10).fill(7))
const CREW = groupChatId(new Uint8Array(10).fill(8))
const ann = { user: 'ann', device: 'phone', role: 'device' } as Connection
const intake = new Intake({ clock: () => 1_760_000_000_000 } as IntakeParts)

const publish = (chat: ChatId, text: string): ChatPublish => ({ chat, up: Buffer.from(text) })
const envelopesOf = (
  publishes: readonly ChatPublish[],
): { mailbox: string; chat: Uint8Array; ups: string[] }[] =>
  intake.ofChats(ann, publishes).map(({ mailbox, bytes }) => {
    const { user, device, chat, up, moreUps } = decodeEnvelope(bytes)
    expect({ user, device }).toEqual({ user: 'ann', device: 'phone' })
    return {
      mailbox,
      chat,
      ups: [up ?? new Uint8Array(), ...moreUps].map((one) => Buffer.from(one).toString()),
    }
  })

test('consecutive publishes to a chat share an envelope, in order; another chat begins another', () => {
  const envelopes = envelopesOf([
    publish(TRIP, 'a'),
    publish(TRIP, 'b'),
    publish(CREW, 'c'),
    publish(TRIP, 'd'),
  ])
  expect(envelopes.map(({ ups }) => ups)).toEqual([['a', 'b'], ['c'], ['d']])
  expect(envelopes.map(({ mailbox }) => mailbox)).toEqual(
    [TRIP, CREW, TRIP].map((chat) => `p/${partitionOfChat(chat)}`),
  )
  expect(Buffer.from(envelopes[1]?.chat as Uint8Array)).toEqual(Buffer.from(chatBytesOf(CREW)))
})

test('G8 no envelope of several is larger than 4 KiB of what was published', () => {
  const long = 'x'.repeat(3_000)
  expect(
    envelopesOf([publish(TRIP, long), publish(TRIP, 'a'), publish(TRIP, long)]).map(({ ups }) => ups),
  ).toEqual([[long, 'a'], [long]])
  const huge = 'x'.repeat(60_000)
  expect(envelopesOf([publish(TRIP, huge), publish(TRIP, huge)])).toHaveLength(2)
})

// test/unit/workers/loop/limits.test.ts says why.
test('G8 no envelope holds more than 32 publishes, however short they are', () => {
  const publishes = Array.from({ length: 40 }, (_, i) => publish(TRIP, `${i}`))
  const envelopes = envelopesOf(publishes)
  expect(envelopes.map(({ ups }) => ups.length)).toEqual([32, 8])
  expect(envelopes.flatMap(({ ups }) => ups)).toEqual(publishes.map((_, i) => `${i}`))
})

test('publishes that share an envelope are counted one by one', async () => {
  const started = await startNode(await freshStore())
  const { node, metrics } = started
  const alice = await started.device('alice')
  const before = metrics.sums.get('taken') ?? 0
  const topic = { kind: 'chat', chat: TRIP } as const
  await node.take(
    alice,
    ['a', 'b', 'c'].map((text) => ({ topic, payload: Buffer.from(text) })),
  )
  expect(metrics.sums.get('taken')).toBe(before + 3)
})
