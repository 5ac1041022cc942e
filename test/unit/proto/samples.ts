import type { Content, Down, Request, Up } from '../../../proto/codec.ts'
import type {
  DeviceState,
  Envelope,
  Fanout,
  HeadState,
  MemberState,
  Work,
} from '../../../proto/server-codec.ts'

/** One frame of each kind with every field set: what the golden bytes are made of. */
const chat = Uint8Array.from([200, 1, 2, 3, 4, 5, 6, 7, 8, 9])
const members = [
  { number: 0, user: 'alice', role: 2 },
  { number: 1, user: 'bob', role: 1 },
]
const head = { chat, sender: 1, sentAtS: 1_800_000_000 }

export const down: Down = {
  messages: [
    { ...head, seq: 1, text: 'grüße 👋', directMembers: ['alice', 'bob'] },
    { ...head, seq: 2, body: Uint8Array.of(0, 255), contentType: 'application/octet-stream' },
    { ...head, seq: 3, change: { created: { name: 'trip', members } } },
    { ...head, seq: 4, change: { added: { members, roster: { name: 'trip', members } } } },
    { ...head, seq: 5, change: { removed: { members: [0, 1] } } },
    { ...head, seq: 6, change: { left: {} } },
    { ...head, seq: 7, change: { renamed: { name: 'journey' } } },
    { ...head, seq: 2 ** 40, change: { roleSet: { member: 1, role: 2 } } },
  ],
  accepted: [{ clientSeq: 1_800_000_000_000, seq: 9, more: 2 }],
  rejected: [
    { clientSeq: 12, code: 3, retryAfterS: 5 },
    { code: 1, chat },
    { code: 14, request: 8 },
  ],
  receipts: [
    { chat, delivered: 9 },
    { chat, read: 8 },
    { chat, ownRead: 7 },
  ],
  typing: [{ chat, member: 1, stopped: true }],
  responses: [
    { request: 1, done: {} },
    {
      request: 2,
      chats: {
        chats: [
          {
            chat,
            direct: true,
            name: 'trip',
            lastSeq: 9,
            myNumber: 1,
            myDelivered: 8,
            myRead: 7,
            unread: 2,
            members,
            lastAtS: 1_800_000_001,
          },
        ],
        next: chat,
      },
    },
    {
      request: 3,
      chat: {
        chat,
        direct: true,
        name: 'trip',
        lastSeq: 9,
        myNumber: 1,
        members: [{ number: 0, user: 'alice', role: 2, joinSeq: 1, delivered: 9, read: 8 }],
      },
    },
    {
      request: 4,
      receipts: { chat, seq: 9, others: 3, delivered: 2, read: 1, deliveredTo: [0, 2], readBy: [2] },
    },
    {
      request: 5,
      devices: { devices: [{ name: 'phone', linkedAtMs: 1_800_000_000_000, connected: true, waiting: 4 }] },
    },
    {
      request: 6,
      dead: {
        entries: [
          {
            position: 1_800_000_000_000_000,
            partition: 255,
            user: 'alice',
            device: 'phone',
            chat,
            setAsideAtMs: 1_800_000_000_000,
            envelope: Uint8Array.of(1, 2, 3),
          },
        ],
      },
    },
  ],
  gaps: [{ dropped: 17 }],
}

export const up: Up = { message: { clientSeq: 1_800_000_000_000, text: 'hello', peer: 'bob' } }

export const ups: Record<string, Up> = {
  text: up,
  again: { insteadOf: [1_800_000_000_000, 1_800_000_000_001], leave: { clientSeq: 1_800_000_000_002 } },
  body: { message: { clientSeq: 2, body: Uint8Array.of(1, 2), contentType: 'image/png' } },
  read: { read: { upTo: 9 } },
  typing: { typing: { stopped: true } },
  create: { create: { clientSeq: 3, name: 'trip', members: ['bob', 'carol'] } },
  add: { add: { clientSeq: 4, members: ['dave'] } },
  remove: { remove: { clientSeq: 5, members: ['dave'] } },
  leave: { leave: { clientSeq: 6 } },
  rename: { rename: { clientSeq: 7, name: 'journey' } },
  'set-disappearing': { setDisappearing: { clientSeq: 9, afterS: 604_800 } },
  'set-role': { setRole: { clientSeq: 8, member: 'bob', role: 2 } },
  detail: { query: { request: 9, detail: {} } },
  receipts: { query: { request: 10, receipts: { seq: 9 } } },
  content: { message: { clientSeq: 11, text: 'hi', content: Uint8Array.of(24, 4), quiet: true, ttlS: 60 } },
}

export const requests: Record<string, Request> = {
  'my-chats': { request: 1, myChats: { after: chat, limit: 50 } },
  'add-user': { request: 2, addUser: { user: 'carol' } },
  'list-devices': { request: 3, listDevices: { user: 'alice' } },
  'remove-device': { request: 4, removeDevice: { user: 'alice', device: 'phone' } },
  'list-dead': { request: 5, listDead: { after: 1, limit: 10 } },
  'requeue-dead': { request: 6, requeueDead: { position: 7 } },
}

export const envelopes: Record<string, Envelope> = {
  up: { user: 'alice', device: 'phone', atMs: 1_800_000_000_000, chat, up: Uint8Array.of(1), admin: true },
  transient: { user: 'alice', device: 'send-1', atMs: 1, chat, up: Uint8Array.of(1), transient: true },
  request: { user: 'alice', device: 'phone', atMs: 1, request: Uint8Array.of(2) },
  delivered: { atMs: 1, chat, delivered: { marks: [{ user: 'bob', upTo: 9 }] } },
  connected: { user: 'alice', device: 'phone', atMs: 1, connected: {} },
  parked: { user: 'alice', device: 'phone', atMs: 1, chat, up: Uint8Array.of(1), passedUpTo: 9 },
  held: { user: 'alice', device: 'phone', atMs: 1, chat, up: Uint8Array.of(1), spent: true },
}

export const work: Work = {
  batches: [
    {
      partition: 9,
      epoch: 3,
      from: 41,
      entries: [Uint8Array.of(1), Uint8Array.of(2)],
      states: [{ chat, fields: [{ name: 'head', value: Uint8Array.of(3) }] }],
    },
  ],
  refused: [{ partition: 8, epoch: 2 }],
  ephemeral: [{ user: 'alice', device: 'phone', chat, up: Uint8Array.of(4) }],
}

export const fanout: Fanout = {
  commits: [
    {
      partition: 9,
      epoch: 3,
      from: 41,
      upTo: 43,
      puts: [
        { chat, field: 'head', value: Uint8Array.of(3) },
        { chat, field: 'm1', gone: true },
      ],
      deliveries: [
        { audience: 1, entry: Uint8Array.of(10), exceptUser: 'alice', exceptDevice: 'phone' },
        { user: 'alice', entry: Uint8Array.of(18), only: 'phone', key: chat, version: 5, ttlS: 60 },
      ],
      dropped: [chat],
      wanted: [chat],
    },
  ],
  audiences: [{ users: ['alice', 'bob'] }],
  ephemeral: [{ user: 'bob', entry: Uint8Array.of(42) }],
}

export const headState: HeadState = {
  direct: true,
  name: 'trip',
  lastSeq: 9,
  nextNumber: 3,
  lastAtS: 1_800_000_000,
}
export const memberState: MemberState = {
  user: 'alice',
  role: 2,
  joinSeq: 1,
  leaveSeq: 8,
  delivered: 7,
  read: 6,
  lastOwnSeq: 5,
  awaitingDelivered: 4,
  awaitingRead: 3,
}
/** What does not count as unread, and what is left. */
export const unreadHeadState: HeadState = { ...headState, changes: [1, 300, 2 ** 40] }
/** What is kept of a chat that everybody has left. */
export const closedHeadState: HeadState = {
  ...headState,
  direct: false,
  name: '',
  closed: { user: 'alice', device: 'phone', clientSeq: 1_800_000_000_000, print: 0xfedcba98 },
}
export const unreadMemberState: MemberState = { ...memberState, ownUnread: [7, 2 ** 40] }
export const counted: Down = { responses: [{ request: 3, chat: { chat, lastSeq: 9, members, unread: 4 } }] }
export const carried: Down = {
  messages: [
    {
      ...head,
      seq: 9,
      text: 'hi',
      content: Uint8Array.of(24, 4),
      quiet: true,
      fromAdmin: true,
      briefBefore: 3,
    },
  ],
  accepted: [{ clientSeq: 11, seq: 9, atS: 1_800_000_000, fromAdmin: true, briefBefore: 3 }],
  responses: [{ request: 3, chat: { chat, lastSeq: 9, members, briefLast: 4 } }],
}
export const disappearingHeadState: HeadState = { ...headState, disappearAfterS: 604_800 }
export const disappearing: Down = {
  messages: [
    { ...head, seq: 7, change: { disappearingSet: { afterS: 604_800 } } },
    {
      ...head,
      seq: 8,
      change: { added: { members, roster: { name: 'trip', members, disappearAfterS: 60 } } },
    },
  ],
  responses: [
    { request: 3, chat: { chat, lastSeq: 9, disappearAfterS: 60 } },
    { request: 4, chats: { chats: [{ chat, lastSeq: 9, disappearAfterS: 60 }] } },
  ],
}
export const briefHeadState: HeadState = { ...headState, briefLast: 300 }
export const uncountedHeadState: HeadState = { ...headState, uncounted: 300 }
export const uncountedMemberState: MemberState = { ...memberState, uncountedRead: 299 }
export const contents: Record<string, Content> = {
  said: {
    text: 'with @bob',
    mentions: [{ user: 'bob', start: 5, length: 4 }],
    replyTo: 2 ** 40,
    forwarded: true,
    disappearAfterS: 86_400,
  },
  edit: { text: 'better', edit: 7 },
  delete: { delete: 7 },
  reaction: { reaction: { seq: 7, emoji: '👍' } },
  attachment: {
    attachments: [
      {
        url: 'https://media.example/1',
        name: 'cat.jpg',
        contentType: 'image/jpeg',
        size: 2 ** 33,
        sha256: Uint8Array.of(1, 2),
        key: Uint8Array.of(3),
        preview: Uint8Array.of(4),
        width: 640,
        height: 480,
        durationMs: 1_500,
      },
    ],
  },
  location: { location: { latitude: 52.52, longitude: -13.405, accuracyM: 12.5, name: 'Berlin' } },
  contact: { contact: { name: 'Bob', user: 'bob', phones: ['+49 1'], emails: ['bob@example.org'] } },
}
export const deviceState: DeviceState = {
  highestClientSeq: 1_800_000_000_000,
  runs: [{ clientSeq: 1_799_999_999_999, seq: 8, more: 1 }],
}
export const transientState: DeviceState = { ...deviceState, knownFrom: 1, transient: true }
export const deviceStateWithPrints: DeviceState = {
  ...deviceState,
  prints: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
  knownFrom: 1_799_999_999_000,
}
