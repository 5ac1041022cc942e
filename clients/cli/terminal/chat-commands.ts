import type { DirectChat, Group } from '../../index.ts'
import { nameOf } from './describe.ts'
import { findChat } from '../find-chat.ts'
import { Failure } from '../failure.ts'
import { ACT_COMMANDS } from './act-commands.ts'
import type { Room, RoomCommand } from './room.ts'
import { fit, printable } from './text-width.ts'

/** What may be typed after a slash, in the order of /help. */
const COMMANDS: Record<string, RoomCommand> = {
  help: { usage: '/help', does: 'this list', run: help },
  chats: { usage: '/chats', does: 'your chats and what is unread in them', run: listChats },
  open: {
    usage: '/open <user or group>',
    does: 'go to a chat; to somebody new, too; user:… and group:… say which',
    run: async (room, words) => room.open(await findChat(room.client, text(words, '/open bob'))),
  },
  members: { usage: '/members', does: 'who is in this chat', run: listMembers },
  ...ACT_COMMANDS,
  who: { usage: '/who [seq]', does: 'who has your last message, and who has read it', run: who },
  group: {
    usage: '/group <name> [user]...',
    does: 'make a group; without users, for notes to yourself',
    run: async (room, [name, ...members]) => {
      if (name === undefined) throw new Failure('write for example: /group trip bob carol')
      await room.open(await room.client.createGroup({ name, members }))
    },
  },
  add: {
    usage: '/add <user>...',
    does: 'add members',
    run: async (room, users) => {
      await groupOf(room).add(...users)
      return `you added ${users.join(', ')}`
    },
  },
  remove: {
    usage: '/remove <user>...',
    does: 'remove members',
    run: async (room, users) => {
      await groupOf(room).remove(...users)
      return `you removed ${users.join(', ')}`
    },
  },
  admin: {
    usage: '/admin <user>',
    does: 'make a member an admin',
    run: async (room, words) => {
      await groupOf(room).setRole(text(words, '/admin bob'), 'admin')
      return `you made ${words.join(' ')} an admin`
    },
  },
  member: {
    usage: '/member <user>',
    does: 'make an admin a plain member again',
    run: async (room, words) => {
      await groupOf(room).setRole(text(words, '/member bob'), 'member')
      return `you made ${words.join(' ')} a plain member`
    },
  },
  rename: {
    usage: '/rename <name>',
    does: 'rename the group',
    run: async (room, words) => {
      await groupOf(room).rename(text(words, '/rename trip'))
      return 'you renamed the group'
    },
  },
  leave: {
    usage: '/leave',
    does: 'leave the group',
    run: async (room) => {
      await groupOf(room).leave()
      return 'you left'
    },
  },
  devices: { usage: '/devices', does: 'your devices', run: listDevices },
  quit: { usage: '/quit', does: 'leave this program; so does Ctrl-C', run: (room) => room.quit() },
}

/** @param line begins with a slash. @throws Failure that says what to type instead */
export async function runCommand(room: Room, line: string): Promise<void> {
  const [name = '', ...words] = line
    .slice(1)
    .split(/\s+/)
    .filter((word) => word !== '')
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) throw new Failure(`there is no /${name}; /help lists what there is`)
  const said = await command.run(room, words)
  if (said !== undefined) room.say(said)
}

function help(room: Room): void {
  for (const { usage, does } of Object.values(COMMANDS)) room.say(`${usage.padEnd(24)} ${does}`)
}

async function listChats(room: Room): Promise<void> {
  let count = 0
  for await (const chat of room.client.chats()) {
    count++
    const unread = chat.unread > 0 ? `${chat.unread} unread` : ''
    room.say(`${fit(nameOf(chat), 24)} ${chat.kind === 'group' ? 'group ' : '      '} ${unread}`.trimEnd())
  }
  room.say(count === 0 ? 'no chats yet: /open bob begins one' : '/open <name> goes to one')
}

async function listMembers(room: Room): Promise<void> {
  for (const { user, isAdmin } of await chatOf(room).members()) room.say(isAdmin ? `${user} (admin)` : user)
}

async function who(room: Room, [seqText]: string[]): Promise<void> {
  const chat = chatOf(room)
  const seq = seqText === undefined ? await room.lastOwnSeq() : Number(seqText)
  if (seq === undefined || !Number.isInteger(seq)) throw new Failure('there is no message of yours here')
  const { others, deliveredTo, readBy } = await chat.receipts(seq)
  const names = (users: readonly string[]): string => (users.length === 0 ? '' : `: ${users.join(', ')}`)
  room.say(`#${seq} delivered to ${deliveredTo.length} of ${others}${names(deliveredTo)}`)
  room.say(`#${seq} read by ${readBy.length} of ${others}${names(readBy)}`)
}

async function listDevices(room: Room): Promise<void> {
  for (const { name, isConnected, waiting } of await room.client.devices()) {
    room.say(`${name.padEnd(24)} ${isConnected ? 'connected' : 'away'}, ${waiting} waiting`)
  }
}

function chatOf(room: Room): DirectChat | Group {
  if (!room.chat) throw new Failure('open a chat first: /open bob')
  return room.chat
}

function groupOf(room: Room): Group {
  const chat = chatOf(room)
  if (chat.kind === 'group') return chat
  throw new Failure(`${printable(nameOf(chat))} is not a group: /group makes one`)
}

function text(words: readonly string[], example: string): string {
  if (words.length === 0) throw new Failure(`write for example: ${example}`)
  return words.join(' ')
}
