import { describe, expect, it } from 'vitest'
import { Role } from '../../../proto/codec.ts'
import type { ChatCopy, Directory, MemberCopy } from '../../../workers/directory/directory.ts'

const chatId = (byte: number): Uint8Array => Uint8Array.from([byte, 0, 0, 0, 0, 0, 0, 0, 0, 0xff])

export function member(number: number, user: string, more: Partial<MemberCopy> = {}): MemberCopy {
  return {
    number,
    user,
    role: Role.ROLE_MEMBER,
    joinSeq: 1,
    leaveSeq: 0,
    delivered: 0,
    read: 0,
    lastOwnSeq: 0,
    clientSeqs: {},
    ...more,
  }
}

export function copy(
  id: number,
  lastSeq: number,
  members: MemberCopy[],
  more: Partial<ChatCopy> = {},
): ChatCopy {
  const nextNumber = members.length
  return {
    chat: chatId(id),
    direct: false,
    name: 'trip',
    lastSeq,
    nextNumber,
    lastAtS: 5,
    disappearAfterS: id % 3 === 0 ? 0 : 60 * id,
    closed: false,
    members,
    ...more,
  }
}

const NOTHING: Uint8Array = new Uint8Array()

/** The directory port: every implementation passes these. Each case has users and chats of its own. */
export function describeDirectory(name: string, directory: () => Directory): void {
  const page = async (user: string, after: Uint8Array = NOTHING, limit = 10) =>
    (await directory().chatPages([{ user, after, limit }]))[0] ?? []

  describe(`the directory: ${name}`, () => {
    it('knows who exists, once inserted, however often', async () => {
      await directory().insertUsers(['u-ann', 'u-bob', 'u-ann'])
      await directory().insertUsers(['u-ann'])
      expect(await directory().existing(['u-ann', 'u-zoe', 'u-bob', 'u-ann', ''])).toEqual(
        new Set(['u-ann', 'u-bob']),
      )
      expect(await directory().existing([])).toEqual(new Set())
    })

    it('says beside whom a new user has come to be whose id differs in case only', async () => {
      await directory().insertUsers(['i-Ann', 'i-bob'])
      expect(await directory().insertUsers(['i-ann', 'i-ANN', 'i-bob', 'i-cid'])).toEqual(
        new Map([
          ['i-ann', ['i-ANN', 'i-Ann']],
          ['i-ANN', ['i-Ann', 'i-ann']],
        ]),
      )
      // They are told of once.
      expect(await directory().insertUsers(['i-ann', 'i-ANN'])).toEqual(new Map())
    })

    it('knows how far partitions had come when something was last written of them, and never goes back', async () => {
      const trip = copy(77, 1, [member(0, 'r-ann')])
      expect(await directory().reached([70, 71])).toEqual(new Map())
      await directory().saveChats(
        [trip],
        [
          { partition: 71, position: 5_000_000_000 },
          { partition: 70, position: 3 },
        ],
      )
      await directory().saveChats([trip], [{ partition: 70, position: 2 }])
      expect(await directory().reached([72, 70, 71])).toEqual(
        new Map([
          [70, 3],
          [71, 5_000_000_000],
        ]),
      )
    })

    it('says of which chats it has a later copy, and writes the others', async () => {
      const [older, other] = [copy(78, 4, [member(0, 'later-ann')]), copy(79, 1, [member(0, 'later-ann')])]
      expect(
        await directory().saveChats([copy(78, 5, [member(0, 'later-ann')], { name: 'later' })], []),
      ).toEqual([])
      const later = await directory().saveChats([older, other], [])
      expect(later.map((chat) => chat[0])).toEqual([78])
      expect((await page('later-ann')).map(({ name }) => name)).toEqual(['later', 'trip'])
      expect(await directory().saveChats([copy(78, 5, [member(0, 'later-ann')])], [])).toEqual([])
    })

    it('has a user’s chats by id, a page at a time, each with the user’s number and marks', async () => {
      const mine = member(1, 'p-ann', { delivered: 7, read: 5 })
      await directory().saveChats(
        [3, 1, 200, 2].map((id) => copy(id, 9, [member(0, 'p-bob'), mine], { name: `n${id}` })),
        [],
      )
      expect((await page('p-ann', NOTHING, 3)).map((row) => row.name)).toEqual(['n1', 'n2', 'n3'])
      const rest = await page('p-ann', chatId(3), 3)
      expect(rest).toEqual(
        [
          {
            chat: Buffer.from(chatId(200)),
            direct: false,
            name: 'n200',
            lastSeq: 9,
            lastAtS: 5,
            disappearAfterS: 12_000,
            myNumber: 1,
            myDelivered: 7,
            myRead: 5,
            members: [],
          },
        ].map((row) => ({ ...row, chat: rest[0]?.chat })),
      )
      expect(Buffer.compare(rest[0]?.chat ?? NOTHING, chatId(200))).toBe(0)
      expect(await page('p-zoe')).toEqual([])
    })

    it('counts the chats that a user began, closed ones and others’ not, up to a limit', async () => {
      const own = [140, 141, 142].map((id) => copy(id, 2, [member(0, 'b-ann'), member(1, 'b-bob')]))
      const others = copy(143, 2, [member(0, 'b-cid'), member(1, 'b-ann')])
      const left = copy(144, 2, [member(0, 'b-ann', { leaveSeq: 2 }), member(1, 'b-bob')])
      await directory().saveChats([...own, others, left], [])
      const begun = (without: number[] = [], max = 10) =>
        directory().begun(['b-zoe', 'b-ann', 'b-cid'], without.map(chatId), max)
      // While others are in it, who began it and left has begun it.
      expect(await begun()).toEqual(
        new Map([
          ['b-ann', 4],
          ['b-cid', 1],
        ]),
      )
      expect((await begun([140, 143, 144, 199])).get('b-ann')).toBe(2)
      expect((await begun([], 3)).get('b-ann')).toBe(3)
      await directory().saveChats([copy(141, 3, [], { closed: true })], [])
      expect((await begun()).get('b-ann')).toBe(3)
      expect(await directory().begun([], [], 3)).toEqual(new Map())
    })

    it('shows both members of a direct chat, by number', async () => {
      await directory().saveChats(
        [copy(61, 1, [member(1, 'd-ann'), member(0, 'd-bob')], { direct: true, name: '' })],
        [],
      )
      expect((await page('d-ann'))[0]?.members).toEqual([
        { number: 0, user: 'd-bob', role: Role.ROLE_MEMBER },
        { number: 1, user: 'd-ann', role: Role.ROLE_MEMBER },
      ])
    })

    it('gives copies back as they were saved, members who left and what devices sent included', async () => {
      const group = copy(71, 9, [
        member(0, 'c-ann', { role: Role.ROLE_ADMIN, lastOwnSeq: 8, clientSeqs: { phone: 7, '': 3 } }),
        member(1, 'c-bob', { joinSeq: 2, leaveSeq: 6, delivered: 5, read: 4 }),
      ])
      await directory().saveChats([group, copy(72, 2 ** 52, [member(0, 'c-cid')])], [])
      const { copies, omitted } = await directory().chatCopies([chatId(72), chatId(73), chatId(71)], 10)
      const plain = copies.map((one) => ({ ...one, chat: Uint8Array.from(one.chat) }))
      expect(plain).toEqual([group, copy(72, 2 ** 52, [member(0, 'c-cid')])])
      expect(omitted).toEqual([])
    })

    it('gives so many copies that their members are not too many, and names the other chats (G8)', async () => {
      const two = (id: number): ChatCopy => copy(id, 1, [member(0, 'm-ann'), member(1, 'm-bob')])
      await directory().saveChats([81, 82, 83].map(two), [])
      const { copies, omitted } = await directory().chatCopies([81, 82, 83, 84].map(chatId), 3)
      expect(copies.map(({ chat, members }) => [chat[0], members.length])).toEqual([
        [81, 2],
        [82, 2],
      ])
      expect(omitted.map((chat) => chat[0])).toEqual([83])
    })

    it('answers several askers at once, in order', async () => {
      await directory().saveChats([copy(11, 1, [member(0, 's-ann')]), copy(12, 1, [member(0, 's-bob')])], [])
      const pages = await directory().chatPages([
        { user: 's-bob', after: NOTHING, limit: 5 },
        { user: 's-nobody', after: NOTHING, limit: 5 },
        { user: 's-ann', after: NOTHING, limit: 5 },
        { user: 's-ann', after: chatId(11), limit: 5 },
      ])
      expect(pages.map((rows) => rows.map(({ chat }) => chat[0]))).toEqual([[12], [], [11], []])
    })

    it('leaves out who has left, and has them again when they are back', async () => {
      await directory().saveChats([copy(21, 3, [member(0, 'l-ann', { leaveSeq: 3 })])], [])
      expect(await page('l-ann')).toEqual([])
      await directory().saveChats(
        [copy(21, 4, [member(0, 'l-ann', { joinSeq: 4, delivered: 3, read: 3 })])],
        [],
      )
      expect(await page('l-ann')).toMatchObject([{ lastSeq: 4, myRead: 3 }])
    })

    it('never goes back: an older copy changes nothing, an equal one only raises marks', async () => {
      await directory().saveChats(
        [copy(31, 8, [member(0, 'g-ann', { read: 6, delivered: 6 })], { name: 'new' })],
        [],
      )
      await directory().saveChats(
        [copy(31, 7, [member(0, 'g-ann', { leaveSeq: 7, read: 7 })], { name: 'old' })],
        [],
      )
      expect(await page('g-ann')).toMatchObject([{ name: 'new', lastSeq: 8, myRead: 6 }])
      await directory().saveChats([copy(31, 8, [member(0, 'g-ann', { read: 8, delivered: 2 })])], [])
      expect(await page('g-ann')).toMatchObject([{ lastSeq: 8, myRead: 8, myDelivered: 6 }])
    })

    it('keeps members that a copy does not name', async () => {
      await directory().saveChats([copy(41, 1, [member(0, 'k-ann'), member(1, 'k-bob')])], [])
      await directory().saveChats([copy(41, 2, [member(0, 'k-ann', { read: 2 })])], [])
      expect(await page('k-bob')).toMatchObject([{ lastSeq: 2, myRead: 0 }])
    })

    it('forgets who was in a closed chat, and not that there was one; no older copy brings anybody back', async () => {
      const open = copy(91, 3, [member(0, 'x-ann'), member(1, 'x-bob')])
      await directory().saveChats([open, copy(92, 1, [member(0, 'x-ann')])], [])
      const closed = copy(91, 5, [], { name: '', nextNumber: 2, closed: true })
      expect(await directory().saveChats([closed], [])).toEqual([])
      expect((await directory().saveChats([open], [])).map((chat) => chat[0])).toEqual([91])
      expect((await page('x-ann')).map(({ chat }) => chat[0])).toEqual([92])
      const { copies } = await directory().chatCopies([chatId(91)], 10)
      expect(copies.map((one) => ({ ...one, chat: Uint8Array.from(one.chat) }))).toEqual([closed])
    })

    it('takes large numbers, odd names and nothing at all', async () => {
      const name = `'"\\ \u{1F600} {},NULL`
      const lastSeq = Number.MAX_SAFE_INTEGER
      await directory().saveChats([copy(51, lastSeq, [member(0, 'o-ann', { read: lastSeq })], { name })], [])
      expect(await page('o-ann')).toMatchObject([{ name, lastSeq, myRead: lastSeq }])
      await directory().saveChats([copy(52, 1, [])], [])
      await directory().saveChats([], [])
      await directory().insertUsers([])
    })
  })
}
