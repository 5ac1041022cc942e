import { describe, expect, it } from 'vitest'
import { encodeUp, type Up } from '../../../../../proto/codec.ts'
import { errorCode } from '../../../../../proto/errors.ts'
import { chatBytesOf, partitionOfChat } from '../../../../../proto/ids.ts'
import { PARKED_BYTES_PER_USER_MAX, PARKED_ENTRIES_MAX } from '../../../../../workers/loop/waiting/parked.ts'
import { until } from '../../../../support/deadline.ts'
import { ANN_BOB, direct, group, Office, say } from '../../office.ts'

const TRIP = group(7)

/** Ten recipients a second, all ten at once. ann has a group with bob, cid and dan, and has spent nothing. */
async function small(): Promise<Office> {
  const office = new Office({ recipientsPerMinMax: 600 })
  for (const user of ['ann', 'bob', 'cid', 'dan']) office.connect(user)
  office.up('ann', TRIP, { create: { clientSeq: 1, name: 'trip', members: ['bob', 'cid', 'dan'] } })
  await office.round()
  office.delivered.length = 0
  office.atMs += 60_000
  return office
}

function post(office: Office, from: string, ...clientSeqs: number[]): void {
  for (const clientSeq of clientSeqs)
    office.up(from, TRIP, { message: { clientSeq, text: `${from} ${clientSeq}` } })
}

/** Ups of ann's phone in one envelope. */
function together(office: Office, ...ups: Up[]): void {
  const [up = new Uint8Array(), ...moreUps] = ups.map(encodeUp)
  const { atMs } = office
  office.append(partitionOfChat(TRIP), {
    user: 'ann',
    device: 'phone',
    atMs,
    chat: chatBytesOf(TRIP),
    up,
    moreUps,
  })
}

/** Time passes until nothing is held any more; a look at what is held comes once a second. */
async function later(office: Office): Promise<void> {
  const nothingIsHeld = async (): Promise<boolean> => {
    office.atMs += 1_000
    office.uptimeMs += 1_000
    await office.resume()
    await office.round()
    return office.parked().length === 0
  }
  await until(nothingIsHeld, 20_000, 'what is held')
}

const named = (from: string, ...clientSeqs: number[]): string[] => clientSeqs.map((n) => `${from} ${n}`)

describe('what a user sends above their allowance (G8)', () => {
  it('is held and not refused, and goes in the order in which it was sent, once (G3, G4)', async () => {
    const office = await small()
    const sent = Array.from({ length: 12 }, (_, i) => 2 + i)
    post(office, 'ann', ...sent)
    await office.round()
    expect(office.texts('bob')).toEqual(named('ann', 2, 3, 4))
    await later(office)
    expect(office.texts('bob')).toEqual(named('ann', ...sent))
    expect(office.codes('ann')).toEqual([])
  })

  it('has their later commands of the chat behind it, small ones and those of other devices too', async () => {
    const office = await small()
    post(office, 'ann', 2, 3, 4, 5)
    office.up('ann/tablet', TRIP, { rename: { clientSeq: 1, name: 'journey' } })
    office.up('ann', TRIP, { leave: { clientSeq: 6 } })
    await office.round()
    expect(office.parked().length).toBe(3)
    await later(office)
    const seen = office.delivered.flatMap(({ user, down }) =>
      user === 'bob' ? down.messages.map(({ text, change }) => text ?? Object.keys(change ?? {})[0]) : [],
    )
    expect(seen).toEqual([...named('ann', 2, 3, 4, 5), 'renamed', 'left', 'roleSet'])
  })

  it('lets others pass in the same chat, and their own other chats', async () => {
    const office = await small()
    post(office, 'ann', 2, 3, 4, 5)
    post(office, 'bob', 1)
    say(office, 'ann', 6)
    await office.round()
    expect(office.texts('cid')).toEqual([...named('ann', 2, 3, 4), 'bob 1'])
    expect(office.texts('bob')).toContain('ann 6')
    await later(office)
    expect(office.texts('cid').at(-1)).toBe('ann 5')
  })

  it('is decided with the directory away, unless it needs that', async () => {
    const office = await small()
    post(office, 'ann', 2, 3, 4, 5)
    office.up('cid', direct('ann', 'cid'), { message: { clientSeq: 1, text: 'first', peer: 'ann' } })
    await office.round()
    office.directory.isAway = true
    office.directory.calls.length = 0
    await later(office)
    expect(office.texts('bob').at(-1)).toBe('ann 5')
    expect(office.directory.calls).toEqual([])
  })

  it('of what shares an envelope is what is above it, and goes on where it stood', async () => {
    const office = await small()
    const texts = Array.from({ length: 8 }, (_, i) => ({ message: { clientSeq: 2 + i, text: `${2 + i}` } }))
    together(office, ...texts)
    await office.round()
    expect(office.texts('bob')).toEqual(['2', '3', '4'])
    await later(office)
    expect(office.texts('bob')).toEqual(['2', '3', '4', '5', '6', '7', '8', '9'])
  })

  it('goes through a change of workers; a copy of it adds nothing (G4, G7)', async () => {
    const office = await small()
    post(office, 'ann', 2, 3, 4, 5, 6)
    await office.round()
    office.takeOver()
    post(office, 'ann', 5, 6)
    post(office, 'bob', 1)
    await office.round()
    // The new worker knows of no debt, but what is held comes first.
    expect(office.texts('cid')).toEqual([...named('ann', 2, 3, 4), 'bob 1'])
    await later(office)
    expect(office.texts('cid')).toEqual([...named('ann', 2, 3, 4), 'bob 1', ...named('ann', 5, 6)])
    expect(office.codes('ann')).toEqual([])
  })

  it('waits behind what waits for the directory as everybody does, and does not hold that up', async () => {
    const office = await small()
    for (const user of ['eve']) office.directory.users.add(user)
    post(office, 'ann', 2, 3, 4, 5)
    office.directory.isAway = true
    await office.round()
    // bob is made an admin by what ann has left in a minute; his addition needs the directory.
    office.atMs += 60_000
    await office.resume()
    office.up('ann', TRIP, { setRole: { clientSeq: 6, member: 'bob', role: 2 } })
    office.up('ann', TRIP, { message: { clientSeq: 7, text: 'ann 7' } })
    office.up('bob', TRIP, { add: { clientSeq: 1, members: ['eve'] } })
    office.up('cid', TRIP, { message: { clientSeq: 1, text: 'welcome' } })
    await office.round()
    expect(office.texts('dan')).not.toContain('welcome')
    office.directory.isAway = false
    office.uptimeMs += 11_000
    await later(office)
    expect(office.texts('eve')).toContain('welcome')
    expect(office.texts('dan')).toEqual([...named('ann', 2, 3, 4, 5, 7), 'welcome'])
  })

  it('is refused with a time when as much of theirs is held as may be, in all partitions together', async () => {
    const office = await small()
    const share = PARKED_ENTRIES_MAX / 4
    const near = group(8)
    office.up('ann', near, { create: { clientSeq: 2, name: 'near', members: ['bob', 'cid', 'dan'] } })
    await office.round()
    // The create was all that ann may cost others for ten seconds.
    for (let i = 0; i < share; i++)
      office.up('ann', i % 2 === 0 ? TRIP : near, { message: { clientSeq: 3 + i, text: 'x' } })
    office.up('ann', TRIP, { message: { clientSeq: 3 + share, text: 'x' } })
    await office.round()
    expect(office.parked().length).toBe(share)
    const refusals = office.delivered.flatMap(({ down }) => down.rejected)
    expect(refusals).toMatchObject([{ code: errorCode('rate-limited'), retryAfterS: 30 }])
    // bob has his own.
    office.up('bob', ANN_BOB, { message: { clientSeq: 1, text: 'mine', peer: 'ann' } })
    await office.round()
    expect(office.texts('ann')).toEqual(['mine'])
  })

  it('is refused when it is too large, in all partitions together', async () => {
    const office = await small()
    const sent = Array.from({ length: 20 }, (_, n) => 2 + n)
    for (const n of sent)
      office.up('ann', group(20 + n), { create: { clientSeq: n, name: 'x', members: ['bob', 'cid'] } })
    await office.round()
    for (const n of sent)
      office.up('ann', group(20 + n), { message: { clientSeq: 100 + n, text: 'x'.repeat(60_000) } })
    await office.round()
    const fit = Math.floor(PARKED_BYTES_PER_USER_MAX / 60_100)
    const told = office.delivered.flatMap(({ down }) => down.rejected.map(({ clientSeq }) => clientSeq))
    expect(told).toEqual(sent.slice(fit).map((n) => 100 + n))
  })

  it('does not fill the allowance for what has waited in the mailbox meanwhile: nothing passes it by its age', async () => {
    const office = await small()
    const near = group(8)
    office.up('ann', near, { create: { clientSeq: 2, name: 'near', members: ['bob', 'cid', 'dan'] } })
    await office.round()
    office.atMs += 60_000
    const agoMs = office.atMs
    post(office, 'ann', ...Array.from({ length: 30 }, (_, i) => 3 + i))
    await office.round()
    // It is paid for by what fills in two minutes, and ten recipients come at once.
    office.atMs += 120_000
    await office.resume()
    expect(office.texts('bob')).toEqual(named('ann', 3, 4, 5, 6, 7, 8))
    const nowMs = office.atMs
    office.atMs = agoMs
    office.up('ann', near, { message: { clientSeq: 99, text: 'old' } })
    office.atMs = nowMs
    await office.round()
    expect(office.texts('bob')).not.toContain('old')
    await later(office)
    expect(office.texts('bob')).toContain('old')
  })

  it('is not looked at again and again while all of it needs the directory, and that is away', async () => {
    const office = await small()
    post(office, 'ann', 2, 3, 4)
    office.up('ann', group(9), { create: { clientSeq: 5, name: 'far', members: ['bob'] } })
    await office.round()
    office.directory.isAway = true
    let looks = 0
    const has = office.known.has.bind(office.known)
    office.known.has = (user) => {
      looks++
      return has(user)
    }
    // As after each frame of others.
    for (let i = 0; i < 10; i++) await office.resume()
    expect(looks).toBe(1)
    office.directory.isAway = false
    await later(office)
    expect(office.codes('ann')).toEqual([])
  })

  it('is not read through with each look: of a user in a chat only what comes next', async () => {
    const office = await small()
    office.directory.users.add('eve')
    post(office, 'ann', 2, 3, 4, 5)
    for (let i = 0; i < 60; i++) office.up('ann', TRIP, { add: { clientSeq: 6 + i, members: ['eve'] } })
    await office.round()
    expect(office.parked().length).toBe(61)
    let looks = 0
    const has = office.known.has.bind(office.known)
    office.known.has = (user) => {
      looks++
      return has(user)
    }
    await office.resume()
    expect(looks).toBe(0)
    await later(office)
    expect(office.codes('ann')).toEqual([])
  })

  it('costs a look at it no more than so many envelopes of a user in a chat, however many are held', async () => {
    const office = await small()
    const sent = Array.from({ length: 200 }, (_, i) => 2 + i)
    post(office, 'ann', ...sent)
    await office.round()
    // All of it is paid for at once, and yet not decided in one go.
    office.atMs += 3_600_000
    const before = office.texts('bob').length
    await office.resume()
    expect(office.texts('bob').length - before).toBeLessThanOrEqual(64)
    await later(office)
    expect(office.texts('bob')).toEqual(named('ann', ...sent))
  })

  it('has its turn beside the same user’s other chats, however much is held in those', async () => {
    const office = await small()
    const chats = [group(8), group(9), group(10)]
    for (const [i, chat] of chats.entries()) {
      office.up('ann', chat, { create: { clientSeq: 2 + i, name: `g${i}`, members: ['bob', 'cid', 'dan'] } })
      await office.round()
      office.atMs += 60_000
      await office.resume()
    }
    post(office, 'ann', ...Array.from({ length: 60 }, (_, i) => 10 + i))
    for (const chat of chats) office.up('ann', chat, { message: { clientSeq: 100, text: 'of another chat' } })
    await office.round()
    let seconds = 0
    while (office.texts('bob').filter((text) => text === 'of another chat').length < chats.length) {
      office.atMs += 1_000
      office.uptimeMs += 1_000
      await office.resume()
      await office.round()
      expect(++seconds).toBeLessThan(10)
    }
    expect(office.parked().length).toBeGreaterThan(10)
    await later(office)
    expect(office.codes('ann')).toEqual([])
  })

  it('is not read again before its sender can pay it', async () => {
    const office = await small()
    for (let i = 0; i < 40; i++)
      office.up('ann', group(20 + i), {
        create: { clientSeq: 2 + i, name: 'g', members: ['bob', 'cid', 'dan'] },
      })
    await office.round()
    expect(office.parked().length).toBe(39)
    let looks = 0
    const has = office.known.has.bind(office.known)
    office.known.has = (user) => {
      looks++
      return has(user)
    }
    // A group costs as much as a hundred recipients, which come back within ten seconds.
    for (let i = 0; i < 5; i++) {
      office.uptimeMs += 1_000
      await office.resume()
    }
    const learnt = looks
    for (let i = 0; i < 20; i++) {
      office.uptimeMs += 1_000
      await office.resume()
    }
    expect(looks).toBe(learnt)
    office.atMs += 11_000
    office.uptimeMs += 1_000
    await office.resume()
    expect(office.parked().length).toBe(38)
    expect(looks - learnt).toBeLessThan(20)
  })

  it('is read by so many bytes at a time, and on at once while something comes of it', async () => {
    const office = await small()
    for (let i = 0; i < 20; i++) {
      office.up('ann', group(20 + i), { create: { clientSeq: 2 + i, name: 'g', members: ['bob'] } })
      await office.round()
      office.atMs += 600_000
    }
    const before = office.texts('bob').length
    post(office, 'ann', 50, 51, 52, 53)
    const text = 'x'.repeat(20_000)
    for (let i = 0; i < 20; i++) office.up('ann', group(20 + i), { message: { clientSeq: 60, text } })
    for (let i = 0; i < 20; i++) office.up('ann', group(20 + i), { message: { clientSeq: 61, text } })
    await office.round()
    const held = office.parked().length
    expect(held).toBeGreaterThan(10)
    office.atMs += 600_000
    office.uptimeMs += 1_000
    await office.resume()
    expect(held - office.parked().length).toBeLessThanOrEqual(6)
    for (let looks = 0; office.parked().length > 0; looks++) {
      office.atMs += 60_000
      await office.resume()
      expect(looks).toBeLessThan(held)
    }
    expect(office.texts('bob').length - before).toBe(44)
  })
})

it('a group that its sender cannot pay is held without a question to the directory that others would wait for (G8)', async () => {
  const office = await small()
  office.up('ann', group(30), { create: { clientSeq: 2, name: 'g', members: ['bob'] } })
  await office.round()
  office.directory.calls.length = 0
  for (let i = 0; i < 5; i++)
    office.up('ann', group(31 + i), { create: { clientSeq: 3 + i, name: 'g', members: ['bob'] } })
  await office.round()
  expect([office.directory.calls, office.parked().length]).toEqual([[], 5])
  await later(office)
  expect(office.directory.calls).toContain('chatCopies')
  expect(office.codes('ann')).toEqual([])
})
