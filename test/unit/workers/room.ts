import { type DecodedDown, decodeDown, encodeUp, type Up } from '../../../proto/codec.ts'
import { chatBytesOf, type ChatId, directChatId, groupChatId, type UserId } from '../../../proto/ids.ts'
import type { StatePut } from '../../../proto/server-codec.ts'
import { apply, type Entry } from '../../../workers/chat/apply.ts'
import { chatFromFields, putsOf } from '../../../workers/chat/fields.ts'
import type { Posting } from '../../../workers/chat/posting.ts'
import type { ChatState } from '../../../workers/chat/state.ts'
import type { Facts } from '../../../workers/chat/step.ts'
import { upContent } from '../../../workers/loop/up-content.ts'

/** One chat and the step, without anything around them. Users exist if they are in `users`. */
export class Room {
  chat: ChatState
  readonly users = new Set(['ann', 'bob', 'cid', 'dan', 'eve', 'mia'])
  isDirectoryAway = false
  /** Whether the last entry has to wait. */
  isWaiting = false
  membersMax = 8
  recipientsLeft = Number.POSITIVE_INFINITY
  /** In all recipients' mailboxes. */
  bytesTaken = 0
  readonly fields = new Map<string, Uint8Array>()
  atMs = 1_760_000_000_500
  readonly #clientSeqs = new Map<string, number>()

  /** Until somebody may be named again. */
  waitToNameS = 0
  /** How often somebody was told that somebody does not exist. */
  toldUnknown = 0

  constructor(id: ChatId) {
    this.chat = chatFromFields(chatBytesOf(id), [])
  }

  static group(seed = 1): Room {
    return new Room(groupChatId(new Uint8Array(10).fill(seed)))
  }
  static direct(a: string, b: string): Room {
    return new Room(directChatId(a as UserId, b as UserId))
  }

  readonly facts: Facts = {
    mayBeLost: () => false,
    exists: (user) => (this.isDirectoryAway ? undefined : this.users.has(user)),
    get membersMax() {
      return 0
    },
    begunBy: () => 0,
    chatsMax: 1,
    began: () => undefined,
    hasNamedTooMany: () => false,
    waitToName: () => this.waitToNameS,
    toldUnknown: () => void this.toldUnknown++,
    waitS: (_, { recipients = 0 }) => (recipients > this.recipientsLeft ? 7 : 0),
    take: (_, { recipients = 0, bytes = 0 }) => {
      if (recipients > this.recipientsLeft) return 7
      this.recipientsLeft -= recipients
      this.bytesTaken += bytes
      return 0
    },
  }

  entry(entry: Entry): Posting[] {
    const facts = { ...this.facts, membersMax: this.membersMax }
    const outcome = apply(this.chat, facts, entry)
    this.isWaiting = typeof outcome === 'string'
    return typeof outcome === 'string' ? [] : outcome
  }

  /** @param from `user`, or `user/device`; the device is `phone` if none is named, and transient behind two slashes */
  up(from: string, up: Up): Posting[] {
    const isTransient = from.includes('//')
    const [user = '', device = 'phone'] = from.split(/\/+/)
    const content = upContent(encodeUp(up))
    return this.entry({ user, device, isTransient, atMs: this.atMs, content })
  }

  delivered(marks: Record<string, number>): Posting[] {
    const list = Object.entries(marks).map(([user, upTo]) => ({ user, upTo }))
    return this.entry({
      user: '',
      device: '',
      isTransient: false,
      atMs: this.atMs,
      content: { kind: 'delivered', marks: { marks: list } },
    })
  }

  /** The device's next clientSeq. */
  next(from: string): number {
    const clientSeq = (this.#clientSeqs.get(from) ?? 0) + 1
    this.#clientSeqs.set(from, clientSeq)
    return clientSeq
  }

  create(from: string, members: string[], name = 'trip'): Posting[] {
    return this.up(from, { create: { clientSeq: this.next(from), name, members } })
  }
  send(from: string, text: string, peer = ''): Posting[] {
    return this.up(from, { message: { clientSeq: this.next(from), text, peer } })
  }

  /** Writes what changed to the fields and starts anew from them, as another worker would. */
  reload(): void {
    const changes = this.chat.takeChanges()
    const puts: StatePut[] = []
    if (changes !== undefined) putsOf(this.chat.bytes, this.chat.head, changes, puts)
    for (const { field, value, gone } of puts) {
      if (gone) this.fields.delete(field ?? '')
      else this.fields.set(field ?? '', value as Uint8Array)
    }
    const fields = Array.from(this.fields, ([name, value]) => ({ name, value }))
    this.chat = chatFromFields(this.chat.bytes, fields)
  }

  /** All fields as they would stand in the store, readable. */
  snapshot(): string {
    const members = [...this.chat.everMembers]
      .sort((a, b) => a.number - b.number)
      .map((member) => ({
        ...member,
        devices: [...member.devices.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
      }))
    return JSON.stringify({ head: this.chat.head, members })
  }
}

/** What a posting says, short: for expectations. */
export function brief(postings: readonly Posting[]): string[] {
  return postings.map((posting) => {
    switch (posting.kind) {
      case 'accepted':
        return `accepted ${posting.user}/${posting.device} ${posting.clientSeq}→${posting.seq}`
      case 'rejected':
        return `rejected ${posting.user}/${posting.device} ${posting.clientSeq} ${posting.code}`
      case 'receipt':
        return `${posting.mark} ${posting.user} ${posting.seq}`
      case 'own-read':
        return `own-read ${posting.user} ${posting.seq} not ${posting.exceptDevice}`
      case 'answer':
        return `answer ${posting.user}/${posting.device}`
      case 'typing':
        return `typing ${posting.audience.users.join(',')} not ${posting.exceptUser}/${posting.exceptDevice}`
      case 'shared': {
        const [message] = down(posting).messages
        return `entry ${message?.seq} ${posting.audience.users.join(',')} not ${posting.exceptUser}/${posting.exceptDevice}`
      }
    }
  })
}

/** The Down of an entry. */
export function down(posting: Posting | undefined): DecodedDown {
  if (posting === undefined || !('entry' in posting)) throw new Error('the posting has no entry')
  return decodeDown(posting.entry)
}

/** The code of the only refusal. */
export function refusal(postings: readonly Posting[]): string {
  const codes = postings.map((posting) => (posting.kind === 'rejected' ? posting.code : posting.kind))
  return codes.join(',')
}
