import { describe, expect, it } from 'vitest'
import { errorCode } from '../../../../proto/errors.ts'
import { Role } from '../../../../proto/codec.ts'
import { apply } from '../../../../workers/chat/apply.ts'
import { SEQS_SKIPPED } from '../../../../workers/loop/copy/revive.ts'
import { direct, group, Office } from '../office.ts'

const ANN_BOB = direct('ann', 'bob')
const TRIP = group(7)

/** ann, bob and cid talk in a group of which dan was a member, ann and bob in a direct chat; the store is lost then. */
async function lost(step = apply): Promise<Office> {
  const office = new Office({ step })
  for (const user of ['ann', 'bob', 'cid', 'dan']) office.connect(user)
  await office.round()
  office.up('ann', TRIP, { create: { clientSeq: 1, name: 'trip', members: ['bob', 'cid', 'dan'] } })
  office.up('ann', TRIP, { remove: { clientSeq: 2, members: ['dan'] } })
  office.up('bob', TRIP, { message: { clientSeq: 5, text: 'hello' } })
  office.up('ann', ANN_BOB, { message: { clientSeq: 3, text: 'one', peer: 'bob' } })
  await office.round()
  await office.save()
  lose(office)
  return office
}

function lose(office: Office): void {
  office.states.clear()
  office.takeOver()
  office.delivered.length = 0
  office.directory.calls.length = 0
}

const messages = (office: Office, user: string) =>
  office.delivered.flatMap(({ user: to, down }) => (to === user ? down.messages : []))

describe('a chat that the store lost', () => {
  it('goes on from the directory’s copy: numbers kept, seqs ahead (G3)', async () => {
    const office = await lost()
    office.up('cid', TRIP, { message: { clientSeq: 1, text: 'again' } })
    office.up('bob', ANN_BOB, { message: { clientSeq: 6, text: 'two' } })
    await office.round()
    expect(messages(office, 'ann')).toMatchObject([
      { text: 'again', sender: 2, seq: 3 + SEQS_SKIPPED + 1 },
      { text: 'two', sender: 1, seq: 1 + SEQS_SKIPPED + 1, directMembers: [] },
    ])
    expect(office.directory.calls).toEqual(['chatCopies'])
  })

  it('keeps roles and who joined and left; nobody is behind', async () => {
    const office = await lost()
    office.up('ann', TRIP, { query: { request: 9, detail: {} } })
    await office.round()
    const at = { delivered: 3 + SEQS_SKIPPED, read: 3 + SEQS_SKIPPED }
    expect(office.delivered[0]?.down.responses[0]?.chat).toMatchObject({
      name: 'trip',
      lastSeq: 3 + SEQS_SKIPPED,
      members: [
        { number: 0, user: 'ann', role: Role.ROLE_ADMIN, joinSeq: 1, ...at },
        { number: 1, user: 'bob', role: Role.ROLE_MEMBER, ...at },
        { number: 2, user: 'cid', ...at },
        { number: 3, user: 'dan', role: Role.ROLE_UNSPECIFIED },
      ],
    })
    office.up('ann', TRIP, { add: { clientSeq: 3, members: ['dan'] } })
    await office.round()
    expect(messages(office, 'bob')[0]?.change?.added?.members).toMatchObject([{ number: 3, user: 'dan' }])
  })

  it('is in the store again, whole, and goes on with the next owner without the directory (G7)', async () => {
    const office = await lost()
    office.up('cid', TRIP, { message: { clientSeq: 1, text: 'again' } })
    await office.round()
    expect([...(office.states.get(TRIP)?.keys() ?? [])].sort()).toEqual([
      'd0/phone',
      'd1/phone',
      'd2/phone',
      'head',
      'm0',
      'm1',
      'm2',
      'm3',
    ])
    office.takeOver()
    office.directory.calls.length = 0
    office.up('bob', TRIP, { message: { clientSeq: 6, text: 'third' } })
    await office.round()
    expect(messages(office, 'ann').at(-1)).toMatchObject({ text: 'third', seq: 3 + SEQS_SKIPPED + 2 })
    expect(office.directory.calls).toEqual([])
  })

  it('brings receipts as ever (G6)', async () => {
    const office = await lost()
    office.up('ann', ANN_BOB, { message: { clientSeq: 4, text: 'two' } })
    office.mark(ANN_BOB, { bob: 2 + SEQS_SKIPPED })
    await office.round()
    expect(office.delivered.find(({ down }) => down.receipts.length > 0)).toMatchObject({
      user: 'ann',
      down: { receipts: [{ delivered: 2 + SEQS_SKIPPED }] },
    })
  })

  it('does not take a send from before for a new one: what became of it is not known (G4)', async () => {
    const office = await lost()
    office.up('bob', TRIP, { message: { clientSeq: 5, text: 'hello' } })
    await office.round()
    expect(office.codes('bob')).toEqual([errorCode('stale-client-seq')])
    expect(messages(office, 'ann')).toEqual([])
  })

  it('stays closed to who is not a member, and its group to who makes it anew', async () => {
    const office = await lost()
    for (const user of ['eve', 'dan']) office.up(user, TRIP, { message: { clientSeq: 1, text: 'in' } })
    office.up('cid', TRIP, { create: { clientSeq: 1, name: 'mine', members: [] } })
    await office.round()
    expect(office.codes('eve')).toEqual([errorCode('unknown-chat')])
    expect(office.codes('dan')).toEqual([errorCode('unknown-chat')])
    expect(office.codes('cid')).toEqual([errorCode('chat-exists')])
  })

  it('skips again when the store is lost again', async () => {
    const office = await lost()
    office.up('bob', ANN_BOB, { message: { clientSeq: 6, text: 'two' } })
    await office.round()
    await office.save()
    lose(office)
    office.up('bob', ANN_BOB, { message: { clientSeq: 7, text: 'three' } })
    await office.round()
    expect(messages(office, 'ann')[0]?.seq).toBe(1 + 2 * (SEQS_SKIPPED + 1))
  })

  it('is put whole though the step of its first entry throws', async () => {
    const office = await lost((chat, facts, entry) => {
      const postings = apply(chat, facts, entry)
      if (entry.user === 'cid') throw new Error('thrown by the test')
      return postings
    })
    office.up('cid', TRIP, { leave: { clientSeq: 1 } })
    await office.round()
    expect(office.codes('cid')).toEqual([errorCode('internal')])
    office.takeOver()
    office.up('bob', TRIP, { message: { clientSeq: 6, text: 'again' } })
    await office.round()
    expect(messages(office, 'cid').map(({ seq }) => seq)).toEqual([3 + SEQS_SKIPPED + 1])
  })
})

describe('a chat without state', () => {
  it('is not decided while the directory is away: what is sent to it waits, and who asks is told to ask again', async () => {
    const office = await lost()
    office.directory.isAway = true
    office.up('bob', TRIP, { message: { clientSeq: 6, text: 'two' } })
    office.up('ann', ANN_BOB, { message: { clientSeq: 4, text: 'three', peer: 'bob' } })
    office.up('cid', TRIP, { query: { request: 9, detail: {} } })
    await office.round()
    expect(office.delivered.flatMap(({ down }) => down.rejected)).toMatchObject([
      { code: errorCode('unavailable'), retryAfterS: 5, request: 9 },
    ])
    office.directory.isAway = false
    await office.resume()
    expect(messages(office, 'cid')).toMatchObject([{ seq: 3 + SEQS_SKIPPED + 1, text: 'two' }])
    expect(messages(office, 'bob').at(-1)).toMatchObject({ seq: 1 + SEQS_SKIPPED + 1, text: 'three' })
  })

  it('that the directory does not have either is a new one', async () => {
    const office = await lost()
    office.up('ann', direct('ann', 'cid'), { message: { clientSeq: 9, text: 'new', peer: 'cid' } })
    await office.round()
    expect(messages(office, 'cid')).toMatchObject([{ seq: 1, text: 'new' }])
  })

  it('is asked for once for all that a frame holds; a chat with state never', async () => {
    const office = await lost()
    for (let i = 0; i < 3; i++) {
      office.up('bob', TRIP, { message: { clientSeq: 6 + i, text: 'x' } })
      office.up('ann', ANN_BOB, { message: { clientSeq: 4 + i, text: 'x' } })
    }
    await office.round()
    expect(office.directory.calls).toEqual(['chatCopies'])
    office.directory.isAway = true
    office.up('bob', TRIP, { message: { clientSeq: 20, text: 'last' } })
    await office.round()
    expect(office.texts('ann').at(-1)).toBe('last')
    expect(office.directory.calls).toEqual(['chatCopies'])
  })

  it('whose state cannot be read is not one: the copy does not replace it', async () => {
    const office = await lost()
    office.states.set(TRIP, new Map([['head', Uint8Array.of(255)]]))
    office.up('bob', TRIP, { message: { clientSeq: 6, text: 'two' } })
    await office.round()
    expect(office.codes('bob')).toEqual([errorCode('internal')])
    expect(office.directory.calls).toEqual([])
  })
})
