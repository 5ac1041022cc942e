import { chatBytesOf, type ChatId, isChatId } from '../../../proto/ids.ts'
import type { Member } from '../../chat/member.ts'
import type { ChatState, Changes } from '../../chat/state.ts'
import type { ChatCopy, MemberCopy } from '../../directory/directory.ts'

/** Users in the pseudo-chat `~dirty` stand behind this. Chat ids never hold a colon. */
const USER_PREFIX = 'u:'
/** States asked for and not here yet, per partition: they wait in memory until they are written. */
const ASKED_MAX = 64

/**
 * What the directory still lacks of one partition: a field of the pseudo-chat `~dirty` for each chat and user, so that
 * whoever owns the partition next knows it too. A field is put with the commit that makes it true, and removed by a
 * later one, when the directory has the copy and nothing has changed since.
 */
export class Unsaved {
  readonly #chats = new Map<ChatId, UnsavedChat>()
  readonly #users = new Set<string>()
  /** Fields whose copy is written: to be removed with the next commit. */
  readonly #saved = new Set<string>()
  /** Chats with a change of members, role or name that the directory may lack. */
  readonly #fresh = new Set<UnsavedChat>()
  #urgent = 0
  /** Chats whose state is not in memory: asked for, and not yet. */
  #asked = 0
  #absent = 0

  /** @param names the fields of `~dirty` that an earlier owner left */
  constructor(names: Iterable<string>) {
    for (const name of names) {
      if (name.startsWith(USER_PREFIX)) this.#users.add(name.slice(USER_PREFIX.length))
      else if (isChatId(name)) this.#chats.set(name, unsavedChat())
    }
    this.#absent = this.#chats.size
  }

  get size(): number {
    return this.#chats.size + this.#users.size
  }
  get hasUrgent(): boolean {
    return this.#urgent > 0 || this.#users.size > 0
  }

  /** Whether a commit without entries is worth it: fields can go, or, if `mayAsk`, states can be asked for. */
  isWaiting(mayAsk: boolean): boolean {
    return this.#saved.size > 0 || (mayAsk && this.#absent > 0 && this.#asked < ASKED_MAX)
  }

  /** A batch changed a chat. @returns the field to be put, unless it is there already */
  note(chat: ChatState, changes: Changes): string | undefined {
    let unsaved = this.#chats.get(chat.id)
    const isNew = unsaved === undefined
    if (unsaved === undefined) {
      unsaved = unsavedChat()
      unsaved.members = new Set()
      this.#chats.set(chat.id, unsaved)
      this.#absent++
    }
    this.#hold(unsaved, chat)
    unsaved.version++
    if (unsaved.members !== undefined) {
      for (const member of changes.members) unsaved.members.add(member)
      for (const { member } of changes.devices) unsaved.members.add(member)
    }
    if (changes.roster) this.#setUrgent(unsaved, true)
    this.#saved.delete(chat.id)
    return isNew ? chat.id : undefined
  }

  /** A user came to exist while the directory is away. @returns the field to be put, unless it is there already */
  noteUser(user: string): string | undefined {
    const field = USER_PREFIX + user
    this.#saved.delete(field)
    if (this.#users.has(user)) return undefined
    this.#users.add(user)
    return field
  }

  /** A chat's state came into memory. */
  loaded(chat: ChatState): void {
    const unsaved = this.#chats.get(chat.id)
    if (unsaved === undefined) return
    this.#hold(unsaved, chat)
    if (!chat.exists) this.#saved.add(chat.id)
  }

  /** A chat's state left memory: it must be asked for to be copied. */
  dropped(chat: ChatState): void {
    const unsaved = this.#chats.get(chat.id)
    if (unsaved?.chat === undefined) return
    unsaved.chat = undefined
    unsaved.members = undefined
    this.#absent++
  }

  /** Chats whose state is to be asked for, as far as there is room for it; each once. */
  takeWanted(): Uint8Array[] {
    const wanted: Uint8Array[] = []
    for (const [id, unsaved] of this.#chats) {
      if (this.#asked >= ASKED_MAX || this.#absent === 0) break
      if (unsaved.chat !== undefined || unsaved.isAsked) continue
      unsaved.isAsked = true
      this.#asked++
      this.#absent--
      wanted.push(chatBytesOf(id))
    }
    return wanted
  }

  /** Fields to be removed with the next commit; each once. */
  takeSaved(): string[] {
    const saved = [...this.#saved]
    this.#saved.clear()
    for (const field of saved) {
      if (field.startsWith(USER_PREFIX)) this.#users.delete(field.slice(USER_PREFIX.length))
      else this.#forget(field as ChatId) // the set holds nothing else
    }
    return saved
  }

  /** Chats with a change of members, role or name that the directory may lack. */
  *withNewRoster(): Iterable<ChatState> {
    for (const { chat } of this.#fresh) if (chat !== undefined) yield chat
  }

  /** The users to insert; call `savedUsers` when it is done. */
  get users(): Iterable<string> {
    return this.#users
  }
  savedUsers(users: Iterable<string>): void {
    for (const user of users) if (this.#users.has(user)) this.#saved.add(USER_PREFIX + user)
  }

  /**
   * Copies of the chats in memory, as they stand: to be called when that is what was committed.
   *
   * @param urgentOnly only those with a change of members, role or name
   * @param rowsMax members in all; the last chat may go beyond
   * @returns the copies, and what to call when they are written, or not
   */
  takeCopies(
    urgentOnly: boolean,
    rowsMax: number,
  ): { copies: ChatCopy[]; done: (isWritten: boolean) => void } {
    const copies: ChatCopy[] = []
    const taken: { id: ChatId; unsaved: UnsavedChat; version: number }[] = []
    let rows = 0
    for (const [id, unsaved] of this.#chats) {
      if (rows >= rowsMax) break
      if (unsaved.chat === undefined || unsaved.isWriting || this.#saved.has(id)) continue
      if (urgentOnly && !unsaved.isUrgent) continue
      const copy = copyOf(unsaved.chat, unsaved.members ?? unsaved.chat.everMembers)
      copies.push(copy)
      rows += 1 + copy.members.length
      taken.push({ id, unsaved, version: unsaved.version })
      unsaved.members = new Set()
      unsaved.isWriting = true
      this.#setUrgent(unsaved, false)
    }
    for (const { id, unsaved } of taken) {
      // To the end of the row: the next round begins with the others.
      this.#chats.delete(id)
      this.#chats.set(id, unsaved)
    }
    const done = (isWritten: boolean): void => {
      for (const { id, unsaved, version } of taken) {
        unsaved.isWriting = false
        if (!isWritten) {
          unsaved.members = undefined
          if (this.#fresh.has(unsaved)) this.#setUrgent(unsaved, true)
        } else {
          if (!unsaved.isUrgent) this.#fresh.delete(unsaved)
          if (unsaved.version === version) this.#saved.add(id)
        }
      }
    }
    return { copies, done }
  }

  #forget(id: ChatId): void {
    const unsaved = this.#chats.get(id)
    if (unsaved === undefined) return
    if (unsaved.isAsked) this.#asked--
    else if (unsaved.chat === undefined) this.#absent--
    this.#setUrgent(unsaved, false)
    this.#fresh.delete(unsaved)
    this.#chats.delete(id)
  }

  #hold(unsaved: UnsavedChat, chat: ChatState): void {
    if (unsaved.chat === undefined && !unsaved.isAsked) this.#absent--
    if (unsaved.isAsked) this.#asked--
    unsaved.isAsked = false
    unsaved.chat = chat
  }

  #setUrgent(unsaved: UnsavedChat, isUrgent: boolean): void {
    if (unsaved.isUrgent !== isUrgent) this.#urgent += isUrgent ? 1 : -1
    unsaved.isUrgent = isUrgent
    if (isUrgent) this.#fresh.add(unsaved)
  }
}

interface UnsavedChat {
  /** Undefined: its state is not in memory. */
  chat: ChatState | undefined
  isAsked: boolean
  /** Who changed since the last copy; undefined: nobody knows, so all are copied. */
  members: Set<Member> | undefined
  version: number
  isUrgent: boolean
  isWriting: boolean
}

function unsavedChat(): UnsavedChat {
  return {
    chat: undefined,
    isAsked: false,
    members: undefined,
    version: 0,
    isUrgent: false,
    isWriting: false,
  }
}

function copyOf(chat: ChatState, members: Iterable<Member>): ChatCopy {
  const closed = chat.head.closed !== undefined
  return { chat: chat.bytes, ...chat.head, closed, members: closed ? [] : Array.from(members, copyOfMember) }
}

function copyOfMember(member: Member): MemberCopy {
  const { number, user, role, joinSeq, leaveSeq, delivered, read, lastOwnSeq, devices } = member
  // Names of connections do not come again.
  const linked = [...devices.values()].filter(({ isTransient }) => !isTransient)
  const clientSeqs = Object.fromEntries(linked.map(({ name, highestClientSeq }) => [name, highestClientSeq]))
  if (member.forgottenClientSeq > 0) clientSeqs[''] = member.forgottenClientSeq
  return { number, user, role, joinSeq, leaveSeq, delivered, read, lastOwnSeq, clientSeqs }
}
