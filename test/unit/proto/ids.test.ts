import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  chatBytesOf,
  chatIdOf,
  directChatId,
  groupChatId,
  isChatId,
  isDeviceId,
  isDirectChat,
  isUserId,
  partitionOfChat,
  partitionOfUser,
  nameOf,
  userIdOf,
  type UserId,
} from '../../../proto/ids.ts'
import { chatBytes, userId } from './arbitraries.ts'

const id = userId as fc.Arbitrary<UserId>

test('a chat id is the base64url of its 10 bytes, both ways', () => {
  fc.assert(
    fc.property(chatBytes, (bytes) => {
      const text = chatIdOf(bytes)
      expect(text).toBe(Buffer.from(bytes).toString('base64url'))
      expect(isChatId(text)).toBe(true)
      expect(Buffer.from(chatBytesOf(text))).toEqual(Buffer.from(bytes))
    }),
  )
})

test('a chat id has one spelling only', () => {
  const good = chatIdOf(new Uint8Array(10))
  expect(isChatId(good)).toBe(true)
  // The last character's low 4 bits are padding: "AAAAAAAAAAAAAB" decodes to the same bytes.
  for (const bad of [
    'AAAAAAAAAAAAAB',
    'AAAAAAAAAAAAA',
    'AAAAAAAAAAAAAAA',
    'AAAAAAAAAAAA+A',
    'AAAAAAAAAAAA/A',
    `${good}\n`,
  ])
    expect(isChatId(bad)).toBe(false)
  for (const length of [0, 9, 11]) expect(() => chatIdOf(new Uint8Array(length))).toThrow(RangeError)
})

test('trap 17: hostile ids are no ids', () => {
  const hostile = [
    '',
    '.',
    '..',
    '-a',
    '_a',
    '__proto__',
    'a/b',
    'a+b',
    'a#',
    'a b',
    'a\0',
    'é',
    'a\n',
    '+',
    '#',
    '$SYS',
  ]
  for (const text of hostile) {
    expect(isUserId(text), JSON.stringify(text)).toBe(false)
    expect(isDeviceId(text), JSON.stringify(text)).toBe(false)
  }
  for (const text of ['a', 'alice', 'alice@example.org', '9', 'constructor', 'A.b_c-d'])
    expect(isUserId(text)).toBe(true)
})

test('G8 ids at the limit are ids, one longer is none', () => {
  expect(isUserId('u'.repeat(64))).toBe(true)
  expect(isUserId('u'.repeat(65))).toBe(false)
  expect(isDeviceId('d'.repeat(32))).toBe(true)
  expect(isDeviceId('d'.repeat(33))).toBe(false)
})

test('a direct chat id is the same from both ends, is marked direct, and follows its formula', () => {
  fc.assert(
    fc.property(id, id, (a, b) => {
      const chat = directChatId(a, b)
      expect(directChatId(b, a)).toBe(chat)
      expect(isDirectChat(chat)).toBe(true)
      const [first, second] = a < b ? [a, b] : [b, a]
      const digest = createHash('sha256')
        .update(
          Buffer.concat([
            Buffer.from([first.length]),
            Buffer.from(first),
            Buffer.from([second.length]),
            Buffer.from(second),
          ]),
        )
        .digest()
        .subarray(0, 10)
      digest[0] = (digest[0] as number) | 128
      expect(chat).toBe(digest.toString('base64url'))
    }),
  )
})

test('two pairs whose ids run together have different chats', () => {
  expect(directChatId('ab' as UserId, 'c' as UserId)).not.toBe(directChatId('a' as UserId, 'bc' as UserId))
})

test('a group id never looks like a direct chat', () => {
  fc.assert(
    fc.property(chatBytes, (random) => {
      expect(isDirectChat(groupChatId(random))).toBe(false)
    }),
  )
})

test('the partition of a chat is the last byte of its id', () => {
  fc.assert(
    fc.property(chatBytes, (bytes) => {
      expect(partitionOfChat(chatIdOf(bytes))).toBe(bytes[9])
    }),
  )
})

test('the partition of a user is fixed for ever, and users spread over all partitions', () => {
  expect(
    ['alice', 'bob', 'carol', 'u1'].map((user) => partitionOfUser(user as UserId)),
  ).toMatchInlineSnapshot(`
    [
      81,
      52,
      242,
      18,
    ]
  `)
  const hit = new Set(Array.from({ length: 5_000 }, (_, i) => partitionOfUser(`user${i}` as UserId)))
  expect(hit.size).toBe(256)
})

describe('names of login services', () => {
  it('that are user ids stay what they are; others become ids that say every byte', () => {
    expect(userIdOf('ann')).toBe('ann')
    expect(userIdOf('auth0|5f7c')).toBe('x=auth0=7C5f7c')
    expect(userIdOf('user:42')).toBe('x=user=3A42')
    expect(userIdOf('+491701')).toBe('x==2B491701')
    expect(userIdOf('.hidden')).toBe('x=.hidden')
    expect(userIdOf('müller')).toBe('x=m=C3=BCller')
    expect(userIdOf('a/b')).toBe('x=a=2Fb')
    expect(userIdOf('')).toBeUndefined()
    expect(userIdOf('\ud800')).toBeUndefined()
    expect(userIdOf('|'.repeat(21))).toBeUndefined()
  })

  it('are what their ids stand for, and no other spelling of an id stands for any', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (name) => {
        const id = userIdOf(name)
        if (id !== undefined) expect(nameOf(id)).toBe(name)
      }),
    )
    for (const id of ['x=ann', 'x==61nn', 'x==FF', 'x=m=C3', 'x==ED=A0=80'])
      expect(nameOf(id as UserId), id).toBeUndefined()
  })

  it('never share an id', () => {
    expect(userIdOf('x=auth0=7C7')).not.toBe(userIdOf('auth0|7'))
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 20 }),
        fc.string({ unit: 'binary', maxLength: 20 }),
        (a, b) => {
          const [one, other] = [userIdOf(a), userIdOf(b)]
          if (one !== undefined) expect(isUserId(one)).toBe(true)
          if (one !== undefined) expect(one === other).toBe(a === b)
        },
      ),
    )
  })

  it('give no id in two spellings: only what userIdOf writes is one', () => {
    for (const id of ['x=', 'x=a=7c', 'x=a=7', 'a=b', 'x=a|b', '=7C']) expect(isUserId(id)).toBe(false)
  })
})
