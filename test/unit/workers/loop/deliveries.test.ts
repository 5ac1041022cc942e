// What a batch puts into mailboxes: as few entries as say the same.
import { describe, expect, it } from 'vitest'
import { chatBytesOf, groupChatId } from '../../../../proto/ids.ts'
import { ANN_BOB, group, type Office, say, talking } from '../office.ts'

describe('a batch', () => {
  it('tells consecutive sends of a device to a chat in one Accepted', async () => {
    const office = await talking()
    office.delivered.length = 0
    for (let i = 2; i <= 9; i++) say(office, 'ann', i)
    say(office, 'ann', 11)
    await office.round()
    const accepted = office.delivered.filter(({ user, only }) => user === 'ann' && only === 'phone')
    expect(
      accepted.flatMap(({ down }) =>
        down.accepted.map(({ clientSeq, seq, more }) => [clientSeq, seq, more ?? 0]),
      ),
    ).toEqual([
      [2, 2, 7],
      [11, 10, 0],
    ])
  })

  /** What a device gets, in order. */
  const toldOf = (office: Office, user: string, device: string): string[] =>
    office.delivered
      .filter((entry) => entry.user === user && (entry.only ?? device) === device && entry.except !== device)
      .flatMap(({ down }) => [
        ...down.messages.map(({ seq }) => `message ${seq}`),
        ...down.accepted.map(({ clientSeq, seq, more }) =>
          more ? `accepted ${clientSeq} ${seq}-${Number(seq) + more}` : `accepted ${clientSeq} ${seq}`,
        ),
        ...down.responses.map(({ chat }) => `last ${chat?.lastSeq}`),
        ...down.receipts.map(() => 'receipt'),
      ])
      .filter((told) => told !== 'receipt')

  it('lets no Accepted overtake messages of its chat, though sends to two chats follow each other (G3)', async () => {
    const office = await talking()
    // In one partition, so that one commit has both.
    const trip = groupChatId(new Uint8Array(10).fill(chatBytesOf(ANN_BOB)[9] as number))
    office.up('ann', trip, { create: { clientSeq: 2, name: 'trip', members: ['bob'] } })
    await office.round()
    office.delivered.length = 0
    say(office, 'ann', 3)
    office.up('bob', trip, { message: { clientSeq: 1, text: 'a' } })
    office.up('ann', trip, { message: { clientSeq: 4, text: 'b' } })
    await office.round()
    expect(toldOf(office, 'ann', 'phone')).toEqual(['accepted 3 2', 'message 2', 'accepted 4 3'])
  })

  it('lets no Accepted of a command that changed nothing overtake the message whose seq it has (G3)', async () => {
    const office = await talking()
    const trip = group(7)
    office.up('ann', trip, { create: { clientSeq: 2, name: 'trip', members: ['bob'] } })
    await office.round()
    office.delivered.length = 0
    office.up('ann', trip, { message: { clientSeq: 3, text: 'a' } })
    office.up('bob', trip, { message: { clientSeq: 1, text: 'b' } })
    office.up('ann', trip, { rename: { clientSeq: 4, name: 'trip' } })
    await office.round()
    expect(toldOf(office, 'ann', 'phone')).toEqual(['accepted 3 2', 'message 3', 'accepted 4 3'])
  })

  it('lets no message and no Accepted overtake an answer about their chat (G3)', async () => {
    const office = await talking()
    office.delivered.length = 0
    say(office, 'ann', 2)
    say(office, 'ann', 3)
    office.up('bob', ANN_BOB, { query: { request: 1, detail: {} } })
    office.up('ann', ANN_BOB, { query: { request: 1, detail: {} } })
    say(office, 'ann', 4)
    await office.round()
    expect(toldOf(office, 'bob', 'phone')).toEqual(['message 2', 'message 3', 'last 3', 'message 4'])
    expect(toldOf(office, 'ann', 'phone')).toEqual(['accepted 2 2-3', 'last 3', 'accepted 4 4'])
  })

  it('delivers of several receipts to one mailbox with one key only the last (G6)', async () => {
    const office = await talking()
    for (let i = 2; i <= 4; i++) {
      office.mark(ANN_BOB, { bob: i - 1 })
      say(office, 'ann', i)
    }
    office.mark(ANN_BOB, { bob: 3 })
    await office.round()
    const receipts = office.delivered.filter(({ down }) => down.receipts.length > 0)
    expect(receipts).toMatchObject([{ user: 'ann', down: { receipts: [{ delivered: 3 }] } }])
    expect(receipts[0]?.key).toBe(`d${Buffer.from(chatBytesOf(ANN_BOB)).toString('latin1')}`)
  })

  it('shares one audience among all deliveries of a chat', async () => {
    const office = await talking()
    for (let i = 2; i <= 9; i++) say(office, 'ann', i)
    expect((await office.round())?.audiences).toHaveLength(1)
  })

  const messagesOf = (office: Office, user: string): { except?: string; seqs: unknown[] }[] =>
    office.delivered
      .filter((entry) => entry.user === user && entry.down.messages.length > 0)
      .map(({ except, down }) => ({
        ...(except !== undefined && { except }),
        seqs: down.messages.map(({ seq }) => seq),
      }))

  it('puts consecutive messages of a device to a chat into one entry for each member', async () => {
    const office = await talking()
    office.delivered.length = 0
    for (let i = 2; i <= 9; i++) say(office, 'ann', i)
    await office.round()
    const seqs = [2, 3, 4, 5, 6, 7, 8, 9]
    expect(messagesOf(office, 'bob')).toEqual([{ seqs }])
    expect(messagesOf(office, 'ann')).toEqual([{ except: 'phone', seqs }])
  })

  it('begins another entry when another device speaks: nobody gets its own, all get one order (G3)', async () => {
    const office = await talking()
    office.delivered.length = 0
    say(office, 'ann', 2)
    say(office, 'ann', 3)
    say(office, 'ann/tablet', 1)
    say(office, 'ann', 4)
    say(office, 'bob', 1)
    say(office, 'ann', 5)
    await office.round()
    expect(messagesOf(office, 'ann')).toEqual([
      { except: 'phone', seqs: [2, 3] },
      { except: 'tablet', seqs: [4] },
      { except: 'phone', seqs: [5] },
      { seqs: [6] },
      { except: 'phone', seqs: [7] },
    ])
    expect(messagesOf(office, 'bob').flatMap(({ seqs }) => seqs)).toEqual([2, 3, 4, 5, 6, 7])
  })

  it('keeps two chats apart, and what a new member gets from what it does not', async () => {
    const office = await talking()
    const trip = group(7)
    office.up('ann', trip, { create: { clientSeq: 2, name: 'trip', members: ['bob'] } })
    await office.round()
    office.delivered.length = 0
    office.up('ann', trip, { message: { clientSeq: 3, text: 'a' } })
    say(office, 'ann', 4)
    office.up('ann', trip, { message: { clientSeq: 5, text: 'b' } })
    office.up('ann', trip, { add: { clientSeq: 6, members: ['cid'] } })
    office.up('ann', trip, { message: { clientSeq: 7, text: 'c' } })
    await office.round()
    expect(messagesOf(office, 'bob').sort((a, b) => a.seqs.length - b.seqs.length)).toEqual([
      { seqs: [2] },
      { seqs: [5] },
      { seqs: [2, 3, 4] },
    ])
    expect(messagesOf(office, 'cid')).toEqual([{ seqs: [4] }, { seqs: [5] }])
  })

  it('makes no entry of many messages larger than 4 KiB', async () => {
    const office = await talking()
    office.delivered.length = 0
    for (let i = 2; i <= 41; i++) say(office, 'ann', i, 'x'.repeat(1_000))
    say(office, 'ann', 42, 'x'.repeat(10_000))
    await office.round()
    const counts = messagesOf(office, 'bob').map(({ seqs }) => seqs.length)
    expect(counts).toEqual([...Array.from({ length: 13 }, () => 3), 1, 1])
  })

  it('is cut short for its size also when all of it shares entries (G8)', async () => {
    const office = await talking()
    const text = 'x'.repeat(1_000)
    for (let i = 2; i <= 20_001; i++) say(office, 'ann', i, text)
    const commit = (await office.round())?.commits[0]
    const applied = (commit?.upTo ?? 0) - (commit?.from ?? 0)
    expect(applied).toBeGreaterThan(2_000)
    expect(applied).toBeLessThan(10_000)
    for (let rounds = 0; rounds < 10; rounds++) await office.round()
    expect(office.texts('bob')).toHaveLength(20_001)
  })
})
