import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chatIdOf, type DeviceId, type UserId } from '../../../proto/ids.ts'
import { chatTopic, clientId, parseClientId, parseTopic, userTopic } from '../../../proto/topics.ts'
import { chatBytes, userId } from './arbitraries.ts'

const id = userId as fc.Arbitrary<UserId>

test('parsing what was built gives back what it was built from', () => {
  fc.assert(
    fc.property(chatBytes, id, id, (bytes, user, device) => {
      const chat = chatIdOf(bytes)
      expect(parseTopic(chatTopic(chat))).toEqual({ kind: 'chat', chat })
      expect(parseTopic(userTopic(user))).toEqual({ kind: 'user', user })
      expect(parseClientId(clientId(user, device as string as DeviceId))).toEqual({ user, device })
    }),
  )
})

test('q, g and f are the topics without an id', () => {
  expect(parseTopic('q')).toEqual({ kind: 'request' })
  expect(parseTopic('g')).toEqual({ kind: 'work' })
  expect(parseTopic('f')).toEqual({ kind: 'fanout' })
})

test('everything else is outside the topic map', () => {
  const chat = 'AAAAAAAAAAAAAA'
  const outside = [
    '',
    '/',
    'g/',
    'u/',
    'q/',
    'f/',
    'x',
    'G/AAAAAAAAAAAAAA',
    'g/#',
    'g/+',
    'u/+',
    'u/#',
    '#',
    '+',
    'g/short',
    `g/${chat}/x`,
    `/g/${chat}`,
    `g//${chat}`,
    'u/alice/phone',
    'u/__proto__',
    'u/a b',
    '$SYS/broker',
    '$share/w/g/#',
    'u/a\0b',
  ] // prettier-ignore
  for (const topic of outside) expect(parseTopic(topic), topic).toBeUndefined()
})

test('a client id is one user, one slash, one device', () => {
  for (const bad of [
    '',
    'alice',
    'alice/',
    '/phone',
    'alice/phone/x',
    '__proto__/phone',
    'alice/__proto__',
    'al+ice/phone',
    'alice/#',
  ])
    expect(parseClientId(bad), bad).toBeUndefined()
})

test('random text never parses to an id that could leave its place', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
      const topic = parseTopic(`u/${text}`)
      if (topic?.kind === 'user') expect(topic.user).not.toMatch(/[/+#\0]/)
    }),
  )
})
