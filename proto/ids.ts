import { sha256 } from '@noble/hashes/sha2.js'
import { CHAT_ID_BYTES, CHAT_ID_CHARS, DEVICE_ID_CHARS_MAX, PARTITIONS, USER_ID_CHARS_MAX } from './limits.ts'

export type UserId = string & { readonly brand: 'UserId' }
export type DeviceId = string & { readonly brand: 'DeviceId' }
/** 14 characters of base64url: the text of a chat's 10 bytes. */
export type ChatId = string & { readonly brand: 'ChatId' }

// Ids start with a letter or digit, so that no id is "__proto__", ".", ".." or empty, and hold no "/", "+", "#".
const ID = /^[A-Za-z0-9][A-Za-z0-9._@-]*$/
/** A name that is none, as userIdOf writes it. */
const MAPPED = /^x=(?:[A-Za-z0-9._@-]|=[0-9A-F]{2})+$/
const CHAT = /^[A-Za-z0-9_-]{14}$/
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const VALUES = new Uint8Array(128).fill(255)
for (let i = 0; i < 64; i++) VALUES[ALPHABET.charCodeAt(i)] = i

export function isUserId(text: string): text is UserId {
  return text.length <= USER_ID_CHARS_MAX && (ID.test(text) || MAPPED.test(text))
}

/**
 * The user id of whom a login service calls `name`: the name itself where it is one; else `x=` and the name's UTF-8
 * bytes, each as it is if ids may hold it, or as `=` and two hex digits: `auth0|7` is `x=auth0=7C7`. No two names have
 * the same id, and topics, client ids and file names can hold them all.
 *
 * @returns undefined if the name is empty or not well-formed, or its id longer than 64 characters
 */
export function userIdOf(name: string): UserId | undefined {
  // Half of a pair has no bytes of its own.
  if (name.length > USER_ID_CHARS_MAX || /\p{Surrogate}/u.test(name)) return undefined
  if (ID.test(name)) return name as UserId
  let id = 'x='
  for (const byte of new TextEncoder().encode(name)) {
    const char = String.fromCharCode(byte)
    id += /[A-Za-z0-9._@-]/.test(char) ? char : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return isUserId(id) ? id : undefined
}

/** Whom a login service calls a user: what userIdOf makes this id of. @returns undefined if it makes it of no name */
export function nameOf(id: UserId): string | undefined {
  if (ID.test(id)) return id
  const bytes: number[] = []
  for (const [part, hex] of id.slice('x='.length).matchAll(/=([0-9A-F]{2})|./g))
    bytes.push(hex === undefined ? part.charCodeAt(0) : Number.parseInt(hex, 16))
  const name = new TextDecoder().decode(Uint8Array.from(bytes))
  return userIdOf(name) === id ? name : undefined
}

export function isDeviceId(text: string): text is DeviceId {
  return text.length <= DEVICE_ID_CHARS_MAX && ID.test(text)
}

/** Whether the text is a chat id in its only spelling: 14 characters, the last 4 bits of padding zero. */
export function isChatId(text: string): text is ChatId {
  return (
    text.length === CHAT_ID_CHARS && CHAT.test(text) && ((VALUES[text.charCodeAt(13)] as number) & 15) === 0
  )
}

/** @param bytes exactly 10 bytes. @throws RangeError otherwise: a frame's chat field must be checked before. */
export function chatIdOf(bytes: Uint8Array): ChatId {
  if (bytes.length !== CHAT_ID_BYTES) throw new RangeError('a chat id has 10 bytes')
  let text = ''
  for (let i = 0; i < 9; i += 3) {
    const three = ((bytes[i] as number) << 16) | ((bytes[i + 1] as number) << 8) | (bytes[i + 2] as number)
    text += ALPHABET.charAt(three >> 18) + ALPHABET.charAt((three >> 12) & 63)
    text += ALPHABET.charAt((three >> 6) & 63) + ALPHABET.charAt(three & 63)
  }
  const last = bytes[9] as number
  return (text + ALPHABET.charAt(last >> 2) + ALPHABET.charAt((last & 3) << 4)) as ChatId
}

export function chatBytesOf(chat: ChatId): Uint8Array {
  const bytes = new Uint8Array(CHAT_ID_BYTES)
  const value = (i: number): number => VALUES[chat.charCodeAt(i)] as number
  for (let i = 0, at = 0; i < 12; i += 4, at += 3) {
    const three = (value(i) << 18) | (value(i + 1) << 12) | (value(i + 2) << 6) | value(i + 3)
    bytes[at] = three >> 16
    bytes[at + 1] = (three >> 8) & 255
    bytes[at + 2] = three & 255
  }
  bytes[9] = (value(12) << 2) | (value(13) >> 4)
  return bytes
}

/** A direct chat's id has its first bit set, a group's has it clear. */
export function isDirectChat(chat: ChatId): boolean {
  return (VALUES[chat.charCodeAt(0)] as number) >= 32
}

/**
 * The id of the 1:1 chat of two users: SHA-256 of both ids, sorted by code unit, each behind one byte of length;
 * the first 10 bytes with the first bit set. Both ends compute it, so the first message needs no create.
 */
export function directChatId(a: UserId, b: UserId): ChatId {
  const input = new TextEncoder().encode(
    (a < b ? [a, b] : [b, a]).map((id) => String.fromCharCode(id.length) + id).join(''),
  )
  const bytes = sha256(input).slice(0, CHAT_ID_BYTES)
  bytes[0] = (bytes[0] as number) | 128
  return chatIdOf(bytes)
}

/** A group's id from 10 random bytes of the caller's: the first bit is cleared. */
export function groupChatId(random: Uint8Array): ChatId {
  const bytes = random.slice(0, CHAT_ID_BYTES)
  bytes[0] = (bytes[0] as number) & 127
  return chatIdOf(bytes)
}

/** The partition of a chat: the last byte of its id. */
export function partitionOfChat(chat: ChatId): number {
  return (
    (((VALUES[chat.charCodeAt(12)] as number) << 2) | ((VALUES[chat.charCodeAt(13)] as number) >> 4)) &
    (PARTITIONS - 1)
  )
}

/** The partition of a user's requests: FNV-1a of the id. Fixed for ever. */
export function partitionOfUser(user: UserId): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < user.length; i++) hash = Math.imul(hash ^ user.charCodeAt(i), 0x01000193)
  return (hash ^ (hash >>> 8) ^ (hash >>> 16) ^ (hash >>> 24)) & (PARTITIONS - 1)
}
