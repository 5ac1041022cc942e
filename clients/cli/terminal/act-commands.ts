import type { Message } from '../../index.ts'
import { Failure } from '../failure.ts'
import { disappearingText } from './describe.ts'
import { lineOf } from './message-line.ts'
import type { Room, RoomCommand } from './room.ts'

/** So many messages are listed, and looked through for the last one of somebody. */
const LISTED = 20

const DELETE_EXAMPLE = '/delete #12'
const DISAPPEAR_EXAMPLE = '/disappear 30s the code is 1234, or /disappear 7d, or /disappear off'

/** What is said about, or done to, a message: the last one that it can be meant for, or the one that `#12` names. */
export const ACT_COMMANDS: Record<string, RoomCommand> = {
  list: { usage: '/list', does: 'the last messages, with the numbers that these commands take', run: list },
  reply: {
    usage: '/reply [#n] <text>',
    does: 'answer a message; without its number the last one of others',
    run: async (room, words) => {
      const [message, text] = await meant(room, words, isOfOthers, '/reply yes')
      room.send({ text: needed(text, '/reply yes'), replyTo: message })
    },
  },
  edit: {
    usage: '/edit [#n] <text>',
    does: 'put your last message right; for 48 hours',
    run: async (room, words) => {
      const [message, text] = await meant(room, words, isOwn, '/edit what I meant')
      await message.edit(needed(text, '/edit what I meant'))
    },
  },
  delete: {
    usage: '/delete [#n]',
    does: 'delete your last message for everyone; admins those of others',
    run: async (room, words) => {
      const [message, rest] = await meant(room, words, isOwn, DELETE_EXAMPLE)
      // A number without its # must not delete another message.
      if (rest !== '') throw new Failure(`write for example: ${DELETE_EXAMPLE}`)
      await message.delete()
    },
  },
  disappear: {
    usage: '/disappear <time> [text]',
    does: 'send what is gone so long after it was read: 30s, 5m, 2h, 7d; without text all of this chat from now on, or off',
    run: async (room, [time = '', ...words]) => {
      if (!room.chat) throw new Failure('open a chat first: /open bob')
      const afterS = time === 'off' && words.length === 0 ? 0 : secondsOf(time)
      if (words.length > 0) return room.send({ text: words.join(' '), disappearAfterS: afterS })
      await room.chat.setDisappearing(afterS)
      return `you ${disappearingText(afterS)}`
    },
  },
  react: {
    usage: '/react [#n] [emoji]',
    does: 'answer a message by one emoji; without one, take it back',
    run: async (room, words) => {
      const [message, emoji] = await meant(room, words, isOfOthers, '/react 👍')
      await message.react(emoji)
    },
  },
}

async function list(room: Room): Promise<void> {
  for (const message of await room.last(LISTED)) {
    if (!message.change) room.say(`#${message.seq} ${lineOf(message)}`)
  }
}

const isOwn = (message: Message): boolean => message.isOwn && !message.deleted
const isOfOthers = (message: Message): boolean => !message.isOwn && !message.deleted

/** @returns the message, and the words behind its number */
async function meant(
  room: Room,
  [first = '', ...rest]: readonly string[],
  isMeant: (message: Message) => boolean,
  example: string,
): Promise<[Message, string]> {
  if (!room.chat) throw new Failure('open a chat first: /open bob')
  if (/^#\d+$/.test(first)) {
    const message = await room.chat.message(Number(first.slice(1)))
    if (!message || message.change)
      throw new Failure(`there is no message ${first} here: /list shows the last ones`)
    return [message, rest.join(' ')]
  }
  const last = (await room.last(LISTED)).findLast((message) => !message.change && isMeant(message))
  if (!last) throw new Failure(`there is no message to do that with; name one: ${example}`)
  return [last, [first, ...rest].filter((word) => word !== '').join(' ')]
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 }

function secondsOf(time: string): number {
  const [, count, unit = ''] = /^(\d+)([smhd])$/.exec(time) ?? []
  if (count === undefined) throw new Failure(`write for example: ${DISAPPEAR_EXAMPLE}`)
  return Number(count) * (SECONDS[unit] ?? 1)
}

function needed(text: string, example: string): string {
  if (text === '') throw new Failure(`write for example: ${example}`)
  return text
}
