import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  chatBytesOf,
  chatIdOf,
  directChatId,
  groupChatId,
  isChatId,
  isDeviceId,
  isDirectChat,
  isUserId,
  userIdOf,
  type ChatId,
  type UserId,
} from '../../../proto/ids.ts'
import { parseClientId, parseTopic } from '../../../proto/topics.ts'
import { vectors } from '../../support/vectors.ts'

interface Ids {
  readonly users: string[]
  readonly noUsers: string[]
  readonly names: { name: string; user: string }[]
  readonly devices: string[]
  readonly noDevices: string[]
  readonly clientIds: { text: string; user: string; device: string }[]
  readonly noClientIds: string[]
  readonly chats: { chat: string; text: string; direct: boolean }[]
  readonly noChats: string[]
  readonly directChats: {
    users: [UserId, UserId]
    input: string
    sha256: string
    chat: string
    text: string
  }[]
  readonly groups: { random: string; chat: string; text: string }[]
  readonly topics: { topic: string; is: string; chat?: string; user?: string }[]
  readonly noTopics: string[]
}

const ids = vectors<Ids>('ids')
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'hex')

describe('the vectors of ids', () => {
  it('say who is a user, and what is a device or a client id', () => {
    expect(ids.users.filter((text) => !isUserId(text))).toEqual([])
    expect(ids.noUsers.filter(isUserId)).toEqual([])
    expect(ids.devices.filter((text) => !isDeviceId(text))).toEqual([])
    expect(ids.noDevices.filter(isDeviceId)).toEqual([])
    for (const { text, user, device } of ids.clientIds) expect(parseClientId(text)).toEqual({ user, device })
    expect(ids.noClientIds.filter((text) => parseClientId(text) !== undefined)).toEqual([])
  })

  it.each(ids.names)('name $name $user', ({ name, user }) => {
    expect(userIdOf(name)).toBe(user)
    expect(isUserId(user)).toBe(true)
  })

  it.each(ids.chats)('spell chat $chat in one way', ({ chat, text, direct }) => {
    expect(chatIdOf(bytesOf(chat))).toBe(text)
    expect(isChatId(text)).toBe(true)
    expect(hex(chatBytesOf(text as ChatId))).toBe(chat)
    expect(isDirectChat(text as ChatId)).toBe(direct)
  })

  it('know no other spelling of a chat', () => {
    expect(ids.noChats.filter(isChatId)).toEqual([])
  })

  it.each(ids.directChats)('compute the direct chat of $users', ({ users, input, sha256, chat, text }) => {
    expect(directChatId(...users)).toBe(text)
    expect(hex(chatBytesOf(text as ChatId))).toBe(chat)
    // The steps between, for who looks for a mistake.
    expect(createHash('sha256').update(bytesOf(input)).digest('hex')).toBe(sha256)
    expect(sha256.slice(2, 20)).toBe(chat.slice(2))
  })

  it.each(ids.groups)('make a group of $random', ({ random, chat, text }) => {
    expect(groupChatId(bytesOf(random))).toBe(text)
    expect(hex(chatBytesOf(text as ChatId))).toBe(chat)
  })

  it('say what is a topic of a device', () => {
    for (const { topic, is, chat, user } of ids.topics) {
      const parsed = parseTopic(topic)
      expect(parsed?.kind).toBe(is)
      if (parsed?.kind === 'chat') expect(hex(chatBytesOf(parsed.chat))).toBe(chat)
      if (parsed?.kind === 'user') expect(parsed.user).toBe(user)
    }
    expect(ids.noTopics.filter((topic) => parseTopic(topic) !== undefined)).toEqual([])
  })
})
