// What is left of a chat that everybody has left?
import { beforeEach, describe, expect, it } from 'vitest'
import { errorCode } from '../../../../proto/errors.ts'
import { ANN_BOB, group, type Office, say, talking } from '../office.ts'

const TRIP = group(7)
const [UNKNOWN_CHAT, CHAT_EXISTS] = [errorCode('unknown-chat'), errorCode('chat-exists')]
const [STALE, REUSED] = [errorCode('stale-client-seq'), errorCode('client-seq-reused')]

let office: Office
beforeEach(async () => {
  office = await talking()
  office.up('ann', TRIP, { create: { clientSeq: 2, name: 'trip', members: ['bob'] } })
  office.up('bob', TRIP, { message: { clientSeq: 2, text: 'hello' } })
  await office.round()
})

async function everybodyLeaves(): Promise<void> {
  office.up('ann', TRIP, { leave: { clientSeq: 3 } })
  office.up('bob', TRIP, { leave: { clientSeq: 3 } })
  await office.round()
}
const fields = (): string[] => [...(office.states.get(TRIP)?.keys() ?? [])].toSorted()
const acceptedOf = (user: string): (number | null | undefined)[] =>
  office.delivered.flatMap(({ user: to, down }) => (to === user ? down.accepted.map(({ seq }) => seq) : []))
const codesAfter = async (act: () => void): Promise<number[]> => {
  const before = office.delivered.length
  act()
  await office.round()
  return office.delivered.slice(before).flatMap(({ down }) => down.rejected.map(({ code }) => code ?? 0))
}

describe('a chat whose last member has left', () => {
  it('is one field in the store, and no member in the directory, saved before or not (G8)', async () => {
    await office.save()
    expect(fields()).toContain('m1')
    await everybodyLeaves()
    expect(fields()).toEqual(['head'])
    await office.save()
    expect(office.directory.chats.get(TRIP)).toMatchObject({ closed: true, name: '', members: [] })
    expect(office.directory.members.get(TRIP)).toBeUndefined()
    expect(office.dirty()).toEqual([])

    // One that begins and ends between two copies.
    const short = group(9)
    office.up('cid', short, { create: { clientSeq: 1, name: 'short', members: [] } })
    office.up('cid', short, { leave: { clientSeq: 2 } })
    await office.round()
    await office.save()
    expect([...(office.states.get(short)?.keys() ?? [])]).toEqual(['head'])
    expect(office.directory.members.get(short)).toBeUndefined()
  })

  it('stays while one is left, and direct chats have no end', async () => {
    office.up('ann', TRIP, { leave: { clientSeq: 3 } })
    await office.round()
    expect(fields()).toEqual(['d0/phone', 'd1/phone', 'head', 'm0', 'm1'])
    expect(await codesAfter(() => office.up('ann', ANN_BOB, { leave: { clientSeq: 4 } }))).toEqual([
      errorCode('invalid'),
    ])
    say(office, 'bob', 5)
    await office.round()
    expect(office.texts('ann')).toContain('bob 5')
  })

  it('is not made again: its id is taken for ever, and every late command is Rejected (G3)', async () => {
    await everybodyLeaves()
    for (const isNewWorker of [false, true]) {
      if (isNewWorker) office.takeOver()
      const at = isNewWorker ? 20 : 10
      const create = { create: { clientSeq: at, name: 'again', members: [] } }
      expect(await codesAfter(() => office.up('cid', TRIP, create))).toEqual([CHAT_EXISTS])
      expect(await codesAfter(() => office.up('ann', TRIP, create))).toEqual([CHAT_EXISTS])
      const late = [
        { message: { clientSeq: at + 1, text: 'late' } },
        { add: { clientSeq: at + 2, members: ['cid'] } },
        { remove: { clientSeq: at + 3, members: ['ann'] } },
        { rename: { clientSeq: at + 4, name: 'late' } },
        { setRole: { clientSeq: at + 5, member: 'ann', role: 1 } },
        { leave: { clientSeq: at + 6 } },
      ]
      for (const command of late)
        expect(await codesAfter(() => office.up('ann', TRIP, command))).toEqual([UNKNOWN_CHAT])
    }
    expect(fields()).toEqual(['head'])
  })

  it('answers the repeat of the leave that closed it as it did, by another worker too (G4)', async () => {
    await everybodyLeaves()
    const seqs = acceptedOf('bob')
    office.takeOver()
    office.up('bob', TRIP, { leave: { clientSeq: 3 } })
    await office.round()
    expect(acceptedOf('bob')).toEqual([...seqs, seqs.at(-1)])
    // What came before it nobody knows any more; another command under its number is told.
    const earlier = { message: { clientSeq: 2, text: 'hello' } }
    expect(await codesAfter(() => office.up('bob', TRIP, earlier))).toEqual([STALE])
    const another = { rename: { clientSeq: 3, name: 'x' } }
    expect(await codesAfter(() => office.up('bob', TRIP, another))).toEqual([REUSED])
  })

  it('answers it under another number too, if that names the one it had (G4)', async () => {
    await everybodyLeaves()
    const seqs = acceptedOf('bob')
    for (const clientSeq of [9, 10, 9]) {
      office.takeOver()
      office.up('bob', TRIP, { insteadOf: [2, 3], leave: { clientSeq } })
      await office.round()
      seqs.push(seqs.at(-1))
      expect(acceptedOf('bob')).toEqual(seqs)
    }
    const anothers = { insteadOf: [3], rename: { clientSeq: 11, name: 'x' } }
    expect(await codesAfter(() => office.up('bob', TRIP, anothers))).toEqual([UNKNOWN_CHAT])
    const anns = { insteadOf: [3], leave: { clientSeq: 9 } }
    expect(await codesAfter(() => office.up('ann', TRIP, anns))).toEqual([UNKNOWN_CHAT])
  })

  it('takes marks of what still waited in mailboxes, and nothing becomes of them (G6)', async () => {
    await everybodyLeaves()
    const before = office.delivered.length
    office.mark(TRIP, { ann: 2, bob: 4 })
    office.up('ann', TRIP, { read: { upTo: 2 } })
    await office.round()
    expect(office.delivered.length).toBe(before)
    expect(fields()).toEqual(['head'])
  })

  it('is closed once, whatever dies between the commit and the copy', async () => {
    await office.save()
    await everybodyLeaves()
    // The worker dies before it has copied: the next owner finds it in ~dirty.
    office.takeOver()
    await office.round()
    office.idle()
    await office.round()
    await office.save()
    expect(office.directory.chats.get(TRIP)).toMatchObject({ closed: true })
    expect(office.directory.members.get(TRIP)).toBeUndefined()
  })

  it('is not opened by mailboxes that are older, nor by their loss (G5)', async () => {
    await office.save()
    const restore = office.backUp()
    await everybodyLeaves()
    await office.save()
    for (const lose of [restore, () => (office.states.clear(), office.takeOver())]) {
      lose()
      const message = { message: { clientSeq: 50, text: 'still here?' } }
      expect(await codesAfter(() => office.up('ann', TRIP, message))).toEqual([UNKNOWN_CHAT])
      const create = { create: { clientSeq: 51, name: 'again', members: [] } }
      expect(await codesAfter(() => office.up('cid', TRIP, create))).toEqual([CHAT_EXISTS])
      expect(fields()).toEqual(['head'])
      expect(office.texts('bob')).not.toContain('still here?')
    }
  })
})
