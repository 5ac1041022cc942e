import { until } from '../../../../support/deadline.ts'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../../../../proto/errors.ts'
import { encodeUp } from '../../../../../proto/codec.ts'
import { chatBytesOf, type ChatId } from '../../../../../proto/ids.ts'
import { decodeEnvelope, encodeEnvelope, encodeFanout } from '../../../../../proto/server-codec.ts'
import {
  Parked,
  PARKED_BYTES_IN_ALL_MAX,
  PARKED_BYTES_MAX,
  PARKED_COMMANDS_IN_ALL_MAX,
  PARKED_ENTRIES_MAX,
  parkedInAll,
} from '../../../../../workers/loop/waiting/parked.ts'
import { chatKey } from '../../../../../workers/chat/state.ts'
import { direct, group, type Office, say } from '../../office.ts'
import { ANN_DAN, answers, away, back, hello, TRIP, TRIP_PARTITION } from './waiting-office.ts'

describe('what waits is bounded (G8)', () => {
  const shareBytes = PARKED_BYTES_MAX / 4
  const text = 'x'.repeat(60_000)

  it('by user in bytes: what is beyond is told to come again, and others have room', async () => {
    const office = await away()
    const fit = Math.floor(shareBytes / 60_100)
    for (let i = 0; i <= fit; i++) hello(office, 3 + i, text)
    office.up('dan', ANN_DAN, { message: { clientSeq: 1, text, peer: 'ann' } })
    await office.round()
    expect(answers(office)).toEqual([`${3 + fit} ${errorCode('rate-limited')}`])
    expect(answers(office, 'dan')).toEqual([])
    expect(office.parked().length).toBe(fit + 1)
    await back(office)
    expect(office.texts('dan').length).toBe(fit + 1)
    // There is room again.
    office.directory.isAway = true
    office.up('ann', direct('ann', 'eve'), { message: { clientSeq: 90, text, peer: 'eve' } })
    await office.round()
    expect(office.parked().length).toBe(1)
  })

  it('by partition in bytes, over all users', async () => {
    const office = await away()
    const users = Array.from({ length: 20 }, (_, n) => `u${n}`)
    for (const user of users) office.up(user, ANN_DAN, { message: { clientSeq: 1, text, peer: 'dan' } })
    for (const user of users) office.up(user, TRIP, { create: { clientSeq: 2, name: 'x', members: ['dan'] } })
    // Only who makes the chat's id may begin it; so they have chats of their own in one partition.
    for (const [n, user] of users.entries())
      for (let i = 0; i < 3; i++)
        office.up(
          user,
          group(9, 20 + n),
          i === 0
            ? { create: { clientSeq: 3, name: 'x', members: ['dan'] } }
            : { message: { clientSeq: 3 + i, text } },
        )
    await office.round()
    const told = users
      .flatMap((user) => answers(office, user))
      .filter((each) => each.endsWith(` ${errorCode('rate-limited')}`))
    expect(told.length).toBeGreaterThan(15)
    expect(told.length).toBeLessThan(40)
    await back(office)
    expect(office.parked()).toEqual([])
  })

  it('by worker in commands and bytes, over all users and partitions', () => {
    const ups = [1, 2, 3].map((clientSeq) => encodeUp({ message: { clientSeq, text: 'x' } }))
    const [up = new Uint8Array(), ...moreUps] = ups
    const chat = chatBytesOf(TRIP)
    const envelope = decodeEnvelope(
      encodeEnvelope({ user: 'ann', device: 'phone', atMs: 5, chat, up, moreUps }),
    )
    const ofUser = { entries: 0, bytes: 0 }
    const beside = (commands: number, bytes: number) => new Parked([], () => ({ ofUser, commands, bytes }))
    expect(beside(PARKED_COMMANDS_IN_ALL_MAX - 3, 0).park(9, envelope, ups, false)).toBe(true)
    expect(beside(PARKED_COMMANDS_IN_ALL_MAX - 2, 0).park(9, envelope, ups, false)).toBe(false)
    expect(beside(0, PARKED_BYTES_IN_ALL_MAX).park(9, envelope, ups, false)).toBe(false)

    const both = [new Parked([]), new Parked([])] as const
    for (const parked of both) parked.park(9, envelope, ups, false)
    const { bytes } = both[0]
    expect(parkedInAll(both, 'ann')).toEqual({
      ofUser: { entries: 2, bytes: 2 * bytes },
      commands: 6,
      bytes: 2 * bytes,
    })
    const [entry] = both[0].of(chatKey(chat))
    if (entry !== undefined) both[0].decided(entry, ups.slice(2), false)
    expect(parkedInAll(both, 'bob')).toMatchObject({ ofUser, commands: 4 })
  })

  it('by user in entries', async () => {
    const office = await away()
    const share = PARKED_ENTRIES_MAX / 4
    for (let i = 0; i <= share; i++) hello(office, 3 + i, 'x')
    await office.round()
    expect(answers(office)).toEqual([`${3 + share} ${errorCode('rate-limited')}`])
    await back(office)
    expect(office.texts('dan').length).toBe(share)
  })

  /** So much of ann's waits that nothing more of hers has room. @returns the next number */
  function fill(office: Office, chat: ChatId, first: number): number {
    const share = PARKED_ENTRIES_MAX / 4
    office.up('ann', chat, { add: { clientSeq: first, members: ['dan'] } })
    for (let i = 1; i < share; i++) office.up('ann', chat, { message: { clientSeq: first + i, text: 'x' } })
    return first + share
  }

  it('a repeat of what was decided is answered as ever, behind what waits and with no room left (G4)', async () => {
    const office = await away()
    office.up('ann', TRIP, { message: { clientSeq: 3, text: 'before' } })
    await office.round()
    office.delivered.length = 0
    fill(office, TRIP, 4)
    office.up('ann', TRIP, { message: { clientSeq: 3, text: 'before' } })
    office.up('ann', TRIP, { message: { clientSeq: 3, text: 'another' } })
    await office.round()
    expect(answers(office)).toEqual(['3→2', `3 ${errorCode('client-seq-reused')}`])
  })

  it('what there was no room for becomes nothing, also as a copy, over a change of workers; what waits does (G4)', async () => {
    const office = await away()
    const next = fill(office, TRIP, 3)
    office.up('ann', TRIP, { message: { clientSeq: next, text: 'no room' } })
    await office.round()
    expect(answers(office)).toEqual([`${next} ${errorCode('rate-limited')}`])
    office.takeOver()
    await office.round()
    await back(office)
    await office.round()
    await back(office)
    expect(office.parked()).toEqual([])
    office.delivered.length = 0
    office.up('ann', TRIP, { message: { clientSeq: next, text: 'no room' } })
    office.up('ann', TRIP, { message: { clientSeq: next + 1, text: 'no room' } })
    await office.round()
    expect(answers(office)).toEqual([
      `${next} ${errorCode('client-seq-reused')}`,
      `${next + 1}→${PARKED_ENTRIES_MAX / 4 + 2}`,
    ])
  })

  it('what there was no room for in a chat where nothing waits becomes nothing as well (G4)', async () => {
    const office = await away()
    const near = group(TRIP_PARTITION, 2)
    office.up('ann', near, { create: { clientSeq: 3, name: 'x', members: ['bob'] } })
    fill(office, near, 4)
    office.up('ann', TRIP, { add: { clientSeq: 9_000, members: ['dan'] } })
    await office.round()
    expect(answers(office)).toContain(`9000 ${errorCode('rate-limited')}`)
    await back(office)
    office.delivered.length = 0
    office.up('ann', TRIP, { add: { clientSeq: 9_000, members: ['dan'] } })
    await office.round()
    expect(answers(office)).toEqual([`9000 ${errorCode('client-seq-reused')}`])
  })

  it('what waited is paid for when it is decided, and waits on while its sender has spent too much', async () => {
    const office = await away({ recipientsPerMinMax: 180 })
    const waitedSince = office.atMs
    for (const clientSeq of [3, 4]) hello(office, clientSeq)
    await office.round()
    office.atMs = waitedSince + 600_000
    for (const clientSeq of [5, 6]) say(office, 'ann', clientSeq)
    await office.round()
    await back(office)
    expect([office.texts('dan'), office.texts('bob')]).toEqual([['3'], ['ann 5', 'ann 6']])
    // Nothing was given back by what is ten minutes old.
    say(office, 'ann', 7)
    await office.round()
    expect([office.codes('ann'), office.texts('bob')]).toEqual([[], ['ann 5', 'ann 6']])
    const isDecided = async (): Promise<boolean> => {
      office.atMs += 60_000
      office.uptimeMs += 1_000
      await office.resume()
      return office.parked().length === 0
    }
    await until(isDecided, 5_000, 'what waits')
    expect(office.texts('dan')).toEqual(['3', '4'])
  })

  it('and a Fanout that what waited would overfill is followed by others', async () => {
    const office = await away({ cachedFieldsMax: 1_000_000 })
    const members = Array.from({ length: 14 }, (_, i) => `m${i}`)
    for (const member of members) office.directory.users.add(member)
    const chats = Array.from({ length: 60 }, (_, n) => group(100 + n))
    for (const [n, chat] of chats.entries()) {
      office.up(`u${n}`, chat, { create: { clientSeq: 2, name: 'x', members } })
      for (let i = 3; i < 7; i++) office.up(`u${n}`, chat, { message: { clientSeq: i, text } })
    }
    await office.round()
    office.directory.isAway = false
    office.uptimeMs += 11_000
    await office.loop.lookAtParked()
    const sizes: number[] = []
    for (
      let fanout: ReturnType<Office['loop']['idle']> | undefined = office.loop.idle(office.loop.partitions);
      fanout !== undefined;
      fanout = fanout.next
    ) {
      const bytes = encodeFanout(fanout.finish())
      sizes.push(bytes.length)
      office.take(bytes)
    }
    expect(Math.max(...sizes)).toBeLessThan(32 * 1024 * 1024)
    while (office.parked().length > 0) {
      office.uptimeMs += 1_000
      await office.resume()
    }
    expect(office.texts('m3').length).toBe(60 * 4)
  })
})
