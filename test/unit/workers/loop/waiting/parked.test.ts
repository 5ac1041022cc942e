import { until } from '../../../../support/deadline.ts'
import { describe, expect, it } from 'vitest'
import { encodeUp, type Up } from '../../../../../proto/codec.ts'
import { errorCode } from '../../../../../proto/errors.ts'
import { chatBytesOf, type ChatId, partitionOfChat } from '../../../../../proto/ids.ts'
import { decodeEnvelope, encodeEnvelope, type StatePut } from '../../../../../proto/server-codec.ts'
import { apply } from '../../../../../workers/chat/apply.ts'
import { Parked } from '../../../../../workers/loop/waiting/parked.ts'
import { ANN_BOB, direct, group, type Office, say } from '../../office.ts'
import { ANN_DAN, answers, away, back, goOn, hello, TRIP, TRIP_PARTITION } from './waiting-office.ts'

/** Several ups of ann's phone in one envelope. */
function together(office: Office, chat: ChatId, ...ups: Up[]): void {
  const [up = new Uint8Array(), ...moreUps] = ups.map(encodeUp)
  const number = partitionOfChat(chat)
  office.append(number, {
    user: 'ann',
    device: 'phone',
    atMs: office.atMs,
    chat: chatBytesOf(chat),
    up,
    moreUps,
  })
}

describe('while the directory is away', () => {
  it('a first message waits, those behind it too, and all are decided once, in order, when it is back (G1, G4)', async () => {
    const office = await away()
    hello(office, 3)
    hello(office, 4)
    await office.round()
    hello(office, 5)
    await office.round()
    expect([answers(office), office.parked().length]).toEqual([[], 3])
    await back(office)
    expect(answers(office)).toEqual(['3→1', '4→2', '5→3'])
    expect(office.texts('dan')).toEqual(['3', '4', '5'])
    expect(office.parked()).toEqual([])
    await office.resume()
    expect(office.texts('dan')).toEqual(['3', '4', '5'])
  })

  it('other chats go on, of the same partition and of the same sender', async () => {
    const office = await away()
    const near = group(TRIP_PARTITION, 2)
    office.up('ann', near, { create: { clientSeq: 3, name: 'x', members: ['dan'] } })
    office.up('ann', TRIP, { message: { clientSeq: 4, text: 'goes on' } })
    say(office, 'ann', 5)
    await office.round()
    office.up('ann', TRIP, { message: { clientSeq: 6, text: 'goes on' } })
    await office.round()
    expect(answers(office).sort()).toEqual(['4→2', '5→2', '6→3'])
    await back(office)
    expect(answers(office).at(-1)).toBe('3→1')
  })

  it('an add waits, and its group behind it, whoever sends; what has no number passes', async () => {
    const office = await away()
    office.up('ann', TRIP, { add: { clientSeq: 3, members: ['dan'] } })
    office.up('bob', TRIP, { message: { clientSeq: 1, text: 'welcome dan' } })
    office.up('ann', TRIP, { query: { request: 5, detail: {} } })
    office.mark(TRIP, { bob: 1 })
    await office.round()
    expect(office.delivered.flatMap(({ down }) => down.responses.map(({ request }) => request))).toEqual([5])
    expect([office.texts('ann'), answers(office)]).toEqual([[], []])
    await back(office)
    expect([answers(office), answers(office, 'bob')]).toEqual([['3→2'], ['1→3']])
    expect(office.texts('dan')).toEqual(['welcome dan'])
  })

  it('what cannot be carried out is refused at once, and what is in order waits', async () => {
    const office = await away()
    office.up('ann', TRIP, { rename: { clientSeq: 3, name: '' } })
    office.up('cid', TRIP, { add: { clientSeq: 1, members: ['dan'] } })
    office.up('ann', ANN_DAN, Uint8Array.of(0x0a, 0x03, 0x08, 0x07, 0xff))
    await office.round()
    expect(answers(office).sort()).toEqual([`3 ${errorCode('invalid')}`, `7 ${errorCode('malformed')}`])
    expect(answers(office, 'cid')).toEqual([`1 ${errorCode('unknown-chat')}`])
    expect(office.parked()).toEqual([])
  })

  it('of what shares an envelope that waits which has to, and goes on where it stood', async () => {
    const office = await away()
    together(
      office,
      TRIP,
      { rename: { clientSeq: 3, name: 'journey' } },
      { add: { clientSeq: 4, members: ['dan'] } },
      { message: { clientSeq: 5, text: 'five' } },
      { add: { clientSeq: 6, members: ['fay'] } },
      { message: { clientSeq: 7, text: 'seven' } },
    )
    await office.round()
    expect([answers(office), office.parked().length]).toEqual([['3→2'], 1])
    // fay may be with a worker that has not told the directory yet.
    office.directory.isAway = false
    await office.resume()
    expect([answers(office), office.parked().length]).toEqual([['3→2', '4→3', '5→4'], 1])
    office.takeOver()
    await office.round()
    office.directory.users.add('fay')
    await goOn(office)
    expect(answers(office).slice(3)).toEqual(['6→5', '7→6'])
    expect(office.texts('fay')).toEqual(['seven'])
  })

  it('what waits goes through a change of workers, and the next one decides it once (G4, G7)', async () => {
    const office = await away()
    hello(office, 3)
    office.up('ann', TRIP, { add: { clientSeq: 4, members: ['dan'] } })
    await office.round()
    for (let owner = 0; owner < 2; owner++) {
      office.takeOver()
      await office.round()
      hello(office, 5 + owner)
      await office.round()
    }
    expect(answers(office)).toEqual([])
    office.directory.isAway = false
    office.uptimeMs += 11_000
    await goOn(office)
    expect(answers(office).sort()).toEqual(['3→1', '4→2', '5→2', '6→3'])
    expect(office.texts('dan')).toEqual(['3', '5', '6'])
  })

  it('a worker that ends before its decision was committed decided nothing: the next one does (G4)', async () => {
    const office = await away()
    hello(office, 3)
    await office.round()
    office.directory.isAway = false
    await office.loop.lookAtParked()
    office.loop.idle(office.loop.partitions) // the commit never arrives
    office.takeOver()
    await office.round()
    await back(office)
    await office.round()
    await back(office)
    expect([answers(office), office.texts('dan')]).toEqual([['3→1'], ['3']])
  })

  it('a decision and what comes meanwhile go in one commit, in order', async () => {
    const office = await away()
    hello(office, 3)
    await office.round()
    office.directory.isAway = false
    await office.loop.lookAtParked()
    hello(office, 4)
    await office.round()
    expect(answers(office)).toEqual(['3→1', '4→2'])
  })

  it('a copy of what waits adds nothing, another command under its number is told (G4)', async () => {
    const office = await away()
    hello(office, 3, 'a')
    hello(office, 3, 'a')
    await office.round()
    hello(office, 3, 'a')
    hello(office, 3, 'b')
    await office.round()
    expect(office.parked().length).toBe(2)
    await back(office)
    expect(answers(office)).toEqual(['3→1', `3 ${errorCode('client-seq-reused')}`])
    expect(office.texts('dan')).toEqual(['a'])
  })

  it('what is refused in the end is refused once, and what was behind it is decided', async () => {
    const office = await away()
    office.up('ann', direct('ann', 'zoe'), { message: { clientSeq: 3, text: 'x', peer: 'zoe' } })
    office.up('ann', TRIP, { add: { clientSeq: 4, members: ['zoe'] } })
    office.up('ann', TRIP, { message: { clientSeq: 5, text: 'x' } })
    await office.round()
    await back(office)
    const decided = async (): Promise<boolean> => {
      office.uptimeMs += 1_000
      await office.resume()
      return answers(office).length === 3
    }
    await until(decided, 5_000, 'answers')
    expect(answers(office).sort()).toEqual([
      `3 ${errorCode('unknown-user')}`,
      `4 ${errorCode('unknown-user')}`,
      '5→2',
    ])
    expect(office.parked()).toEqual([])
  })

  it('who is not found just after it is back may be told to it later: it waits that long', async () => {
    const office = await away()
    hello(office, 3)
    office.directory.users.delete('dan')
    await office.round()
    office.directory.isAway = false
    await office.resume()
    expect(answers(office)).toEqual([])
    office.directory.users.add('dan')
    office.uptimeMs += 1_000
    await office.resume()
    expect(answers(office)).toEqual(['3→1'])
  })

  it('a step that throws tells its sender, and the rest goes on', async () => {
    let isBroken = false
    const office = await away({
      step: (chat, facts, entry) => {
        const outcome = apply(chat, facts, entry)
        if (isBroken && entry.content.kind === 'up' && entry.content.up.message?.text === 'bad')
          throw new Error('a mistake')
        return outcome
      },
    })
    office.up('ann', TRIP, { add: { clientSeq: 3, members: ['dan'] } })
    for (const [i, text] of ['bad', 'good'].entries())
      office.up('ann', TRIP, { message: { clientSeq: 4 + i, text } })
    await office.round()
    isBroken = true
    await back(office)
    expect(answers(office).sort()).toEqual(['3→2', `4 ${errorCode('internal')}`, '5→3'])
  })
})

it('what waits is kept whole, whatever an envelope says of its sender', () => {
  const envelope = decodeEnvelope(
    encodeEnvelope({
      user: 'ann',
      device: 'phone',
      atMs: 5,
      chat: chatBytesOf(TRIP),
      admin: true,
      transient: true,
      up: Uint8Array.of(1),
      moreUps: [Uint8Array.of(2)],
    }),
  )
  const parked = new Parked([])
  parked.park(9, envelope, [Uint8Array.of(1), Uint8Array.of(2)], false)
  const puts: StatePut[] = []
  parked.takePuts(puts)
  expect(puts.map(({ field }) => field)).toEqual(['9'])
  expect(decodeEnvelope(puts[0]?.value ?? new Uint8Array())).toEqual(envelope)
})

describe('a directory that hangs', () => {
  it('is not waited for again by frames, once it has not answered: what needs it is parked at once', async () => {
    const office = await away()
    hello(office, 3)
    await office.round()
    office.directory.calls.length = 0
    hello(office, 4)
    office.up('ann', group(8), { create: { clientSeq: 5, name: 'x', members: ['dan'] } })
    await office.round()
    expect(office.directory.calls).toEqual([])
    expect(office.parked().length).toBe(3)
    await back(office)
    // It has answered: the next ones are asked for again, at once.
    office.up('ann', direct('ann', 'eve'), { message: { clientSeq: 6, text: 'x', peer: 'eve' } })
    await office.round()
    expect(answers(office).sort()).toEqual(['3→1', '4→2', '5→1', '6→1'])
  })
})

it('a talk in a chat that everybody knows asks nobody, and parks nothing', async () => {
  const office = await away()
  office.directory.calls.length = 0
  say(office, 'ann', 9)
  office.up('bob', ANN_BOB, { message: { clientSeq: 1, text: 'still here' } })
  await office.round()
  expect(office.texts('bob')).toEqual(['ann 9', 'still here'])
  expect([office.directory.calls, office.parked()]).toEqual([[], []])
})
