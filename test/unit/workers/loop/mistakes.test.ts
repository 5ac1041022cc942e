import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../../../proto/errors.ts'
import { chatBytesOf, partitionOfChat } from '../../../../proto/ids.ts'
import { UP_BYTES_MAX } from '../../../../proto/limits.ts'
import { encodeFanout } from '../../../../proto/server-codec.ts'
import { apply } from '../../../../workers/chat/apply.ts'
import { ANN_BOB, Office, say, talking } from '../office.ts'

describe('a step that throws', () => {
  const bomb: typeof apply = (chat, facts, entry) => {
    const postings = apply(chat, facts, entry)
    if (entry.content.kind === 'up' && entry.content.up.message?.text === 'bomb') throw new Error('boom')
    return postings
  }

  it('leaves its chat as it was, tells the sender, and the partition goes on', async () => {
    const office = await talking({ step: bomb })
    say(office, 'ann', 2, 'bomb')
    say(office, 'ann', 3, 'after')
    await office.round()
    expect(office.texts('bob')).toEqual(['one', 'after'])
    expect(office.codes('ann')).toEqual([errorCode('internal')])
    const [told] = office.delivered.flatMap(({ down }) => down.rejected)
    expect(told).toMatchObject({ clientSeq: 2 })
    office.takeOver()
    say(office, 'bob', 1)
    await office.round()
    expect(office.delivered.at(-1)?.down.accepted).toMatchObject([{ seq: 3 }])
  })

  it('at the first message leaves no chat behind', async () => {
    const office = new Office({ step: bomb })
    office.connect('ann')
    office.connect('bob')
    await office.round()
    say(office, 'ann', 1, 'bomb')
    await office.round()
    expect(office.states.get(ANN_BOB)?.size).toBe(0)
    say(office, 'ann', 2, 'hello')
    await office.round()
    expect(office.delivered.flatMap(({ down }) => down.messages)).toMatchObject([{ seq: 1 }, { seq: 1 }])
  })
})

describe('hostile entries', () => {
  const tell = async (up: Uint8Array) => {
    const office = await talking()
    office.up('ann', ANN_BOB, up)
    await office.round()
    return office.delivered.flatMap(({ down }) => down.rejected).map((one) => ({ ...one }))
  }

  it('that are no protobuf are malformed, and told with the chat', async () => {
    expect(await tell(Uint8Array.of(0xff, 0xff, 0xff))).toMatchObject([
      { code: errorCode('malformed'), chat: Buffer.from(chatBytesOf(ANN_BOB)) },
    ])
  })

  it('of an unknown kind are unsupported, and told with their clientSeq', async () => {
    expect(await tell(Uint8Array.of(0x9a, 0x06, 3, 0x08, 0x81, 0x02))).toMatchObject([
      { code: errorCode('unsupported'), clientSeq: 257 },
    ])
    expect(await tell(Uint8Array.of(0x9a, 0x06, 2, 0x10, 5))).toMatchObject([
      { code: errorCode('unsupported') },
    ])
    expect(await tell(new Uint8Array())).toMatchObject([{ code: errorCode('unsupported') }])
  })

  it('that are too large are told so, with their clientSeq', async () => {
    const up = new Uint8Array(UP_BYTES_MAX + 1)
    up.set([0x0a, 0x80, 0x80, 0x08, 0x08, 42])
    expect(await tell(up)).toMatchObject([{ code: errorCode('too-large'), clientSeq: 42 }])
  })

  it('never throw, whatever their bytes, and the partition goes on', async () => {
    const office = await talking()
    const bytes = fc.uint8Array({ maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(bytes, { maxLength: 5 }),
        fc.array(bytes, { maxLength: 5 }),
        async (ups, envelopes) => {
          for (const up of ups) office.up('ann', ANN_BOB, up)
          for (const envelope of envelopes) office.append(partitionOfChat(ANN_BOB), envelope)
          const count = ups.length + envelopes.length
          const fanout = await office.round()
          if (count > 0) expect((fanout?.commits[0]?.upTo ?? 0) - (fanout?.commits[0]?.from ?? 0)).toBe(count)
        },
      ),
      { numRuns: 300 },
    )
    const before = office.texts('bob').length
    say(office, 'bob', 2 ** 50)
    await office.round()
    expect(office.texts('bob')).toHaveLength(before + 1)
  })

  it('never throw when one byte of a good frame is wrong', async () => {
    const office = await talking()
    say(office, 'ann', 2)
    const frame = office.work()
    const { loop } = new Office()
    for (let at = 0; at < frame.length; at++)
      for (const flip of [1, 0x80, 0xff]) {
        const wrong = Uint8Array.from(frame)
        wrong[at] = (wrong[at] as number) ^ flip
        loop.forgetAll()
        const fanout = await loop.handle(wrong)
        if (fanout !== undefined) encodeFanout(fanout.finish())
      }
  })
})
