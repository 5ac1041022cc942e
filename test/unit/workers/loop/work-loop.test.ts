import { describe, expect, it } from 'vitest'
import { encodeUp } from '../../../../proto/codec.ts'
import { errorCode } from '../../../../proto/errors.ts'
import { chatBytesOf, type ChatId, partitionOfChat } from '../../../../proto/ids.ts'
import { encodeEnvelope, encodeFanout, encodeWork } from '../../../../proto/server-codec.ts'
import { ANN_BOB, group, Office, say, talking } from '../office.ts'

describe('a Work frame', () => {
  it('is answered by one Fanout with a commit for each batch, up to its last entry', async () => {
    const office = await talking()
    const trip = group(7)
    say(office, 'ann', 2)
    say(office, 'bob', 1)
    office.up('ann', trip, { create: { clientSeq: 3, name: 'trip', members: ['bob', 'cid'] } })
    const fanout = await office.round()
    expect(fanout?.commits.map(({ from, upTo }) => (upTo ?? 0) - (from ?? 0)).sort()).toEqual([1, 2])
    expect(office.texts('bob')).toEqual(['one', 'ann 2', 'bob 1'])
    expect(office.delivered.find(({ down }) => down.messages[0]?.text === 'bob 1')).toMatchObject({
      user: 'ann',
    })
    expect(office.delivered.filter(({ except }) => except === 'phone').map(({ user }) => user)).toContain(
      'bob',
    )
  })

  it('puts each changed field once for each batch, and only those', async () => {
    const office = await talking()
    for (let i = 2; i <= 9; i++) say(office, 'ann', i)
    const fields = (await office.round())?.commits[0]?.puts?.map(({ field }) => field)
    expect(fields?.sort()).toEqual(['d0/phone', 'head', 'm0'])
    office.mark(ANN_BOB, { bob: 8 })
    expect((await office.round())?.commits[0]?.puts?.map(({ field }) => field).sort()).toEqual(['m0', 'm1'])
    office.mark(ANN_BOB, { bob: 8 })
    expect((await office.round())?.commits[0]?.puts).toEqual([])
  })

  it('carries out each of the sends that share an envelope, in order, and refuses one that is bad alone', async () => {
    const office = await talking()
    office.delivered.length = 0
    const text = (clientSeq: number): Uint8Array =>
      encodeUp({ message: { clientSeq, text: `ann ${clientSeq}`, peer: 'bob' } })
    office.append(partitionOfChat(ANN_BOB), {
      user: 'ann',
      device: 'phone',
      atMs: office.atMs,
      chat: chatBytesOf(ANN_BOB),
      up: text(2),
      moreUps: [text(3), Uint8Array.of(0xff), text(3), text(4)],
    })
    const fanout = await office.round()
    expect(fanout?.commits.map(({ from, upTo }) => (upTo ?? 0) - (from ?? 0))).toEqual([1])
    expect(office.texts('bob')).toEqual(['ann 2', 'ann 3', 'ann 4'])
    const answers = office.delivered.filter(({ only }) => only === 'phone').map(({ down }) => down)
    expect(answers.flatMap(({ rejected }) => rejected.map(({ code }) => code))).toEqual([
      errorCode('malformed'),
    ])
    const accepted = answers.flatMap((down) => down.accepted.map(({ clientSeq, more }) => [clientSeq, more]))
    // The repeat of 3 is answered, too.
    expect(accepted).toEqual([
      [2, 1],
      [3, 1],
    ])
  })

  it('looks up the users that any of the sends that share an envelope names, and counts each send', async () => {
    const office = await talking()
    const trip = group(7)
    office.up('ann', trip, { create: { clientSeq: 2, name: 'trip', members: ['bob'] } })
    await office.round()
    office.directory.users.add('dan')
    const counted = async (): Promise<string> => office.metrics.registry.metrics()
    const ups = [
      encodeUp({ message: { clientSeq: 3, text: 'x' } }),
      encodeUp({ add: { clientSeq: 4, members: ['dan'] } }),
    ]
    const [up, ...moreUps] = ups
    const chat = chatBytesOf(trip)
    const envelope = { user: 'ann', device: 'phone', atMs: office.atMs, chat, moreUps, ...(up && { up }) }
    office.append(partitionOfChat(trip), envelope)
    await office.round()
    expect(office.codes('ann')).toEqual([])
    expect(office.delivered.filter(({ user }) => user === 'dan')).not.toEqual([])
    expect(await counted()).toMatch(/entries_total\{kind="message"\} 2\n/)
    expect(await counted()).toMatch(/entries_total\{kind="add"\} 1\n/)
  })

  it('of states alone needs no commit', async () => {
    const office = await talking()
    const number = partitionOfChat(ANN_BOB)
    const { epoch, cursor: from } = office.partition(number)
    const frame = encodeWork({ batches: [{ partition: number, epoch, from, states: [] }] })
    expect(await office.loop.handle(frame)).toBeUndefined()
  })

  it('that is cut short for its size commits what it has, and the rest comes again', async () => {
    const office = await talking()
    const text = 'x'.repeat(64_000)
    for (let i = 2; i <= 400; i++) say(office, 'ann', i, text)
    const commit = (await office.round())?.commits[0]
    expect((commit?.upTo ?? 0) - (commit?.from ?? 0)).toBeLessThan(399)
    for (let rounds = 0; rounds < 40; rounds++) await office.round()
    expect(office.texts('bob')).toHaveLength(400)
  })

  it('of many batches is answered in several Fanouts when one would be too large (G8)', async () => {
    const office = await talking()
    for (let i = 0; i < 40; i++)
      office.up('ann', group(100 + i), { create: { clientSeq: 2, name: 'x', members: ['bob'] } })
    await office.round()
    const text = 'x'.repeat(64_000)
    for (let i = 3; i <= 300; i++) say(office, 'ann', i, text)
    for (let i = 0; i < 40; i++) office.up('ann', group(100 + i), { message: { clientSeq: 400, text } })
    const first = await office.loop.handle(office.work())
    const sizes: number[] = []
    for (let fanout = first; fanout !== undefined; fanout = fanout.next)
      sizes.push(office.take(encodeFanout(fanout.finish())).commits.length)
    expect(sizes.length).toBeGreaterThan(1)
    expect(sizes[0]).toBeLessThan(41)
    for (let rounds = 0; rounds < 10; rounds++) await office.round()
    expect(office.texts('bob').filter((each) => each === text)).toHaveLength(338)
  })

  it('that is cut short for the mailboxes it goes to keeps the store’s turns short (G8)', async () => {
    const office = await talking()
    const members = Array.from({ length: 15 }, (_, i) => `m${i}`)
    for (const member of members) office.known.add(member)
    const crowd = group(7)
    office.up('ann', crowd, { create: { clientSeq: 2, name: 'x', members } })
    // Of two devices in turn: consecutive messages of one would share an entry.
    for (let i = 3; i < 4_003; i++)
      office.up(i % 2 ? 'm0' : 'ann', crowd, { message: { clientSeq: i, text: 'x' } })
    const commit = (await office.round())?.commits[0]
    expect((commit?.upTo ?? 0) - (commit?.from ?? 0)).toBe(626)
    for (let rounds = 0; rounds < 10; rounds++) await office.round()
    expect(office.texts('m3')).toHaveLength(4_000)
  })
})

describe('a state', () => {
  it('goes on with another worker from what was committed (G7)', async () => {
    const office = await talking()
    office.takeOver()
    say(office, 'ann', 1)
    say(office, 'ann', 2)
    await office.round()
    expect(office.texts('bob')).toEqual(['one', 'ann 2'])
  })

  it('of a refused partition is forgotten: nothing of it goes on', async () => {
    const office = await talking()
    const number = partitionOfChat(ANN_BOB)
    say(office, 'ann', 2)
    await office.loop.handle(office.work()) // the commit never arrives
    const partition = office.partition(number)
    await office.round({ refused: [{ partition: number, epoch: partition.epoch }] }).catch(() => undefined)
    partition.epoch++
    partition.held.clear()
    await office.round()
    expect(office.texts('bob')).toEqual(['one', 'ann 2'])
  })

  it('that does not fit the batch makes the worker wait for a new epoch', async () => {
    const office = await talking()
    const number = partitionOfChat(ANN_BOB)
    const { epoch } = office.partition(number)
    const again = (at: number, under: number) =>
      encodeWork({ batches: [{ partition: number, epoch: under, from: at, entries: [encodeEnvelope({})] }] })
    expect(await office.loop.handle(again(0, epoch))).toBeUndefined()
    expect(await office.loop.handle(again(1, epoch))).toBeUndefined()
    expect(await office.loop.handle(again(1, epoch - 1))).toBeUndefined()
    expect((await office.loop.handle(again(1, epoch + 1)))?.finish().commits).toHaveLength(1)
  })

  it('of a newer epoch does not suffer from a batch of an older one', async () => {
    const office = await talking()
    const number = partitionOfChat(ANN_BOB)
    const { epoch, cursor: from } = office.partition(number)
    const late = encodeWork({
      batches: [{ partition: number, epoch: epoch - 1, from, entries: [encodeEnvelope({})] }],
    })
    expect(await office.loop.handle(late)).toBeUndefined()
    say(office, 'ann', 2)
    await office.round()
    expect(office.texts('bob')).toEqual(['one', 'ann 2'])
  })

  it('that cannot be read costs its own chat only: its senders are told', async () => {
    const office = await talking()
    office.states.get(ANN_BOB)?.set('head', Uint8Array.of(255))
    office.takeOver()
    say(office, 'ann', 2)
    await office.round()
    expect(office.codes('ann')).toEqual([errorCode('internal')])
    expect(office.texts('bob')).toEqual(['one'])
  })

  it('leaves memory when there is too much, and is asked for again', async () => {
    const office = new Office({ cachedFieldsMax: 40 })
    office.connect('ann')
    office.connect('bob')
    await office.round()
    const chats = Array.from({ length: 40 }, (_, i) => group(9, i))
    for (const [i, chat] of chats.entries()) {
      office.up('ann', chat, { create: { clientSeq: i + 1, name: 'x', members: ['bob'] } })
      await office.round()
    }
    expect(office.partition(9).held.size).toBeLessThan(10)
    for (const chat of chats) {
      office.up('bob', chat, { message: { clientSeq: 1, text: 'here' } })
      await office.round()
    }
    expect(office.texts('ann')).toHaveLength(40)
    expect(office.codes('bob')).toEqual([])
  })

  /** Seven chats in partition 9; then so many partitions that there is room for two of them. */
  async function crowded(): Promise<{ office: Office; chats: ChatId[] }> {
    const office = new Office({ cachedFieldsMax: 120 })
    office.connect('ann')
    office.connect('bob')
    await office.round()
    const chats = Array.from({ length: 7 }, (_, i) => group(9, i))
    const others = Array.from({ length: 5 }, (_, i) => group(100 + i))
    for (const [i, chat] of [...chats, ...others].entries()) {
      office.up('ann', chat, { create: { clientSeq: i + 1, name: 'x', members: ['bob'] } })
      await office.round()
    }
    return { office, chats }
  }

  it('that is forgotten while a batch is on its way counts until that is applied (G3, G4)', async () => {
    const { office, chats } = await crowded()
    for (const chat of chats) office.up('bob', chat, { message: { clientSeq: 1, text: 'here' } })
    const frame = office.work()
    expect(office.idle().commits.flatMap(({ dropped }) => dropped ?? [])).not.toEqual([])
    const fanout = await office.loop.handle(frame)
    office.take(encodeFanout(fanout?.finish() ?? {}))
    expect(office.codes('bob')).toEqual([])
    expect(office.texts('ann')).toHaveLength(chats.length)
  })

  it('that did not come with a chat’s first entry leaves the batch to another owner', async () => {
    const { office, chats } = await crowded()
    office.idle()
    office.loop.settled()
    office.partition(9).wanted.clear()
    for (const chat of chats) {
      office.partition(9).held.add(chat)
      office.up('bob', chat, { message: { clientSeq: 1, text: 'here' } })
    }
    const fanout = await office.round()
    expect(fanout?.commits.some(({ partition }) => partition === 9)).not.toBe(true)
    office.takeOver()
    await office.round()
    expect(office.codes('bob')).toEqual([])
    expect(office.texts('ann')).toHaveLength(chats.length)
  })

  it('of a chat that does not exist is not kept', async () => {
    const office = await talking()
    office.up('cid', group(3), { message: { clientSeq: 1, text: 'anybody?' } })
    await office.round()
    expect(office.partition(3).held.has(group(3))).toBe(false)
    expect(office.codes('cid')).toEqual([errorCode('unknown-chat')])
  })
})

describe('typing', () => {
  it('goes to the members while the chat is in memory, and is not committed', async () => {
    const office = await talking()
    const typing = (user: string) => ({
      user,
      device: 'phone',
      chat: chatBytesOf(ANN_BOB),
      up: Uint8Array.of(0x1a, 0),
    })
    const fanout = await office.round({ ephemeral: [typing('bob'), typing('eve')] })
    expect(fanout?.commits).toEqual([])
    expect(office.ephemeral).toMatchObject([{ users: ['ann', 'bob'], down: { typing: [{ member: 1 }] } }])
    office.takeOver()
    await office.round({ ephemeral: [typing('bob')] })
    expect(office.ephemeral).toHaveLength(1)
  })

  it('is the only thing that may come without being stored', async () => {
    const office = await talking()
    const read = {
      user: 'bob',
      device: 'phone',
      chat: chatBytesOf(ANN_BOB),
      up: Uint8Array.of(0x12, 2, 0x08, 1),
    }
    expect(await office.round({ ephemeral: [read] })).toBeUndefined()
    say(office, 'bob', 1)
    await office.round()
    expect(office.delivered.flatMap(({ down }) => down.receipts)).toEqual([])
  })
})
