import { describe, expect, it } from 'vitest'
import { OperationalError } from '../../../../kit/operational-error.ts'
import { partitionOfChat } from '../../../../proto/ids.ts'
import { encodeWork } from '../../../../proto/server-codec.ts'
import { answered, direct, group, Office } from '../office.ts'

const ANN_BOB = direct('ann', 'bob')

async function talking(options?: ConstructorParameters<typeof Office>[0]): Promise<Office> {
  const office = new Office(options)
  for (const user of ['ann', 'bob', 'cid']) office.connect(user)
  office.up('ann', ANN_BOB, { message: { clientSeq: 1, text: 'one', peer: 'bob' } })
  await office.round()
  return office
}

describe('the directory’s copy', () => {
  it('has a chat with its members and marks, and what their devices sent', async () => {
    const office = await talking()
    office.mark(ANN_BOB, { bob: 1 })
    await office.round()
    await office.save()
    expect(office.directory.chats.get(ANN_BOB)).toMatchObject({ direct: true, lastSeq: 1, nextNumber: 2 })
    expect(office.directory.members.get(ANN_BOB)?.get('ann')).toMatchObject({
      number: 0,
      lastOwnSeq: 1,
      clientSeqs: { phone: 1 },
    })
    expect(office.directory.members.get(ANN_BOB)?.get('bob')).toMatchObject({
      number: 1,
      delivered: 1,
      read: 0,
    })
  })

  it('is named in ~dirty from the commit that outdates it until a commit after it was written', async () => {
    const office = await talking()
    expect(office.dirty()).toEqual([ANN_BOB])
    await office.copy.flush(answered)
    expect(office.dirty()).toEqual([ANN_BOB])
    office.idle()
    expect(office.dirty()).toEqual([])
  })

  it('stays in ~dirty when the chat changed while it was written', async () => {
    const office = await talking()
    office.copy.poke(answered)
    office.up('ann', ANN_BOB, { message: { clientSeq: 2, text: 'two' } })
    await office.round()
    await office.copy.written()
    office.idle()
    expect(office.dirty()).toEqual([ANN_BOB])
    await office.save()
    expect(office.dirty()).toEqual([])
    expect(office.directory.chats.get(ANN_BOB)?.lastSeq).toBe(2)
  })

  it('gets only who changed, once it has all', async () => {
    const office = await talking()
    await office.save()
    office.directory.members.clear()
    office.mark(ANN_BOB, { bob: 1 })
    await office.round()
    await office.save()
    const rows = office.directory.members.get(ANN_BOB)
    // Bob's mark rose, and Ann awaits no receipt any more.
    expect([...(rows?.keys() ?? [])].sort()).toEqual(['ann', 'bob'])
    office.directory.members.clear()
    office.up('bob', ANN_BOB, { read: { upTo: 0 } })
    office.mark(ANN_BOB, { ann: 1 })
    await office.round()
    await office.save()
    expect(office.directory.members.size).toBe(0)
  })

  it('is made by the next owner, who asks for the states that ~dirty names (G7)', async () => {
    const office = await talking()
    for (let i = 0; i < 200; i++)
      office.up('ann', group(5, i), { create: { clientSeq: i + 2, name: `n${i}`, members: ['bob'] } })
    await office.round()
    office.takeOver()
    for (let rounds = 0; rounds < 10 && office.dirty().length > 0; rounds++) {
      await office.round()
      await office.save()
    }
    expect(office.directory.chats.size).toBe(201)
    expect(office.directory.members.get(group(5, 77))?.size).toBe(2)
  })

  it('is made too of chats that left memory before it was written', async () => {
    const office = await talking({ cachedFieldsMax: 20 })
    for (let i = 0; i < 30; i++) {
      office.up('ann', group(5, i), { create: { clientSeq: i + 2, name: `n${i}`, members: ['bob'] } })
      await office.round()
    }
    for (let rounds = 0; rounds < 30 && office.dirty().length > 0; rounds++) {
      await office.save()
      await office.round()
    }
    expect(office.dirty()).toEqual([])
    expect(office.directory.chats.size).toBe(31)
  })

  it('of what was not committed is never written', async () => {
    const office = await talking()
    await office.loop.handle(office.work()) // nothing
    office.up('ann', ANN_BOB, { message: { clientSeq: 2, text: 'two' } })
    await office.loop.handle(office.work()) // no PUBACK
    await office.copy.flush(answered)
    expect(office.directory.chats.size).toBe(0)
  })

  it('of a partition that was lost just then is not written', async () => {
    const office = await talking()
    office.copy.poke(answered)
    office.loop.forgetAll()
    await office.copy.written()
    expect(office.directory.chats.size).toBe(0)
  })

  it('waits until the broker has answered all that it was sent: a refusal may come behind the PUBACK (G7)', async () => {
    const office = await talking()
    const asked: (() => void)[] = []
    office.copy.poke(() => new Promise((resolve) => asked.push(resolve)))
    expect(asked.length).toBe(1)
    await office.loop.handle(encodeWork({ refused: [{ partition: partitionOfChat(ANN_BOB), epoch: 1 }] }))
    asked[0]?.()
    await office.copy.written()
    expect(office.directory.chats.size).toBe(0)
  })

  it('that one chat’s row makes impossible goes on with the others', async () => {
    const office = await talking()
    office.up('ann', group(1), { create: { clientSeq: 2, name: 'bad', members: [] } })
    await office.round()
    const save = office.directory.saveChats.bind(office.directory)
    office.directory.saveChats = async (copies, reached) => {
      if (copies.some(({ name }) => name === 'bad'))
        throw new OperationalError('directory-refused', 'no', { retryable: false })
      return save(copies, reached)
    }
    await office.save()
    expect([...office.directory.chats.keys()]).toEqual([ANN_BOB])
    expect(office.dirty()).toEqual([])
  })

  it('is tried again when the directory went away while it was written', async () => {
    const office = await talking()
    office.directory.saveChats = async () => {
      throw new OperationalError('directory-unavailable', 'away', { retryable: true })
    }
    await office.save()
    expect(office.dirty()).toEqual([ANN_BOB])
    Reflect.deleteProperty(office.directory, 'saveChats')
    await office.save()
    expect(office.dirty()).toEqual([])
    expect(office.directory.members.get(ANN_BOB)?.size).toBe(2)
  })
})

describe('rounds of the copy', () => {
  it('write changes of members at once, and marks only when a round is due', async () => {
    const office = await talking()
    office.copy.poke(answered)
    await office.copy.flush(answered)
    office.idle()
    office.directory.calls.length = 0
    office.mark(ANN_BOB, { bob: 1 })
    await office.round()
    office.copy.poke(answered)
    await office.copy.written()
    expect(office.directory.calls).toEqual([])
    office.up('ann', group(1), { create: { clientSeq: 2, name: 'x', members: [] } })
    await office.round()
    office.copy.poke(answered)
    await office.copy.written()
    expect(office.directory.calls).toEqual(['chatCopies', 'saveChats'])
    expect([...office.directory.chats.keys()]).toContain(group(1))
    expect(office.directory.members.get(ANN_BOB)?.get('bob')?.delivered).toBe(0)
  })
})
