import { assert } from '../../kit/assert.ts'
import type { StatePut } from '../../proto/server-codec.ts'
import { chatFromFields, putsOf } from '../chat/fields.ts'
import { ChatState, chatKey } from '../chat/state.ts'
import { Parked, type ParkedInAll } from './waiting/parked.ts'
import { Suspects, TRIED_FIELD } from './waiting/suspects.ts'
import { Unsaved } from './copy/unsaved.ts'

/** The pseudo-chat of each partition that lists what the directory lacks. */
export const DIRTY_CHAT = Buffer.from('~dirty', 'latin1')
const DIRTY_VALUE = Uint8Array.of(1)
/** A field of it: the mailboxes were older than the directory once, so chats are compared with their copies. */
const OLDER = '!older'

interface Field {
  readonly name?: string | null
  readonly value?: Uint8Array | null
}

interface Cached {
  readonly chat: ChatState
  /** Seen since the cache last looked for something to drop. */
  isRecent: boolean
  fields: number
  /** Its last seq when it came from the store; undefined once it has been compared with the directory's copy. */
  loadedSeq: number | undefined
}

/** One partition under one epoch: the chats whose state this worker holds. */
export class Partition {
  readonly number: number
  readonly epoch: number
  /** Where it stood when this worker got it. */
  readonly takenAt: number
  /** The last position applied. */
  position: number
  readonly unsaved: Unsaved
  readonly parked: Parked
  readonly suspects: Suspects
  /** Fanouts with a commit of this partition that no PUBACK has come for. */
  unsettled = 0
  /** Whether the mailboxes are older than the directory; undefined while nobody knows. */
  #isOlder: boolean | undefined
  #isOlderNoted = false
  readonly #chats = new Map<string, Cached>()
  readonly #touched = new Set<ChatState>()
  /** Dropped in a commit that answers no batch: one that counts on them may be on its way. */
  readonly #leaving = new Map<string, ChatState>()
  readonly #unreadable = new WeakSet<ChatState>()
  /** Chats with something parked whose state was asked for. */
  readonly #asked = new Set<string>()
  readonly #wanted: Uint8Array[] = []
  #fields = 0

  /**
   * @param dirtyFields of `~dirty`
   * @param parkedFields of `~parked`
   * @param parkedInAll what waits in all partitions of the worker, and of it what a user has
   */
  constructor(
    number: number,
    epoch: number,
    position: number,
    dirtyFields: readonly Field[],
    parkedFields: readonly Field[],
    parkedInAll?: (user: string) => ParkedInAll,
  ) {
    this.number = number
    this.epoch = epoch
    this.takenAt = this.position = position
    if (dirtyFields.some(({ name }) => name === OLDER)) this.#isOlder = this.#isOlderNoted = true
    this.unsaved = new Unsaved(dirtyFields.map(({ name }) => name ?? '').filter((name) => name !== ''))
    const isNote = ({ name }: Field): boolean => name === TRIED_FIELD
    this.parked = new Parked(
      parkedFields.filter((field) => !isNote(field)),
      parkedInAll,
    )
    this.suspects = new Suspects(this.parked, parkedFields.find(isNote)?.value ?? undefined)
  }

  get chatCount(): number {
    return this.#chats.size
  }

  /**
   * A chat's state from the broker. What is in memory already is newer.
   * @returns false if the fields are not what a worker has put: nothing can be decided about that chat
   */
  load(bytes: Uint8Array, fields: readonly Field[]): boolean {
    const key = chatKey(bytes)
    this.#asked.delete(key)
    if (this.#chats.has(key)) return true
    try {
      const chat = chatFromFields(bytes, fields)
      this.#hold(key, chat)
      this.unsaved.loaded(chat)
      return true
    } catch {
      this.#unreadable.add(this.#hold(key, new ChatState(bytes)))
      return false
    }
  }

  get isOlder(): boolean | undefined {
    return this.#isOlder
  }
  /** The directory has said whether it has seen this partition further than it is. */
  found(isOlder: boolean): void {
    this.#isOlder ??= isOlder
  }

  /** Whether the chat must be compared with its copy in the directory before anything is decided about it. */
  isDoubtful(chat: ChatState): boolean {
    return this.#isOlder === true && this.#chats.get(chat.key)?.loadedSeq !== undefined
  }

  /** The chat is as the directory knows it, or further. @returns whether a copy with this last seq is of later than its state */
  compared(chat: ChatState, copySeq: number): boolean {
    const cached = this.#chats.get(chat.key)
    const isLater = copySeq > (cached?.loadedSeq ?? Number.POSITIVE_INFINITY)
    if (cached !== undefined) cached.loadedSeq = undefined
    return isLater
  }

  /** The directory has a later copy of the chat than what was to be written there. */
  copyRefused(chat: Uint8Array): void {
    this.#isOlder = true
    const cached = this.#chats.get(chatKey(chat))
    if (cached !== undefined) cached.loadedSeq ??= cached.chat.lastSeq
  }

  isUnreadable(chat: ChatState): boolean {
    return this.#unreadable.has(chat)
  }

  /**
   * The chat for an entry.
   * @throws AssertionFailure if its state never came: taken for a new one, it would begin at seq 1 again
   */
  chat(bytes: Uint8Array): ChatState {
    const key = chatKey(bytes)
    const cached = this.#chats.get(key)
    if (cached === undefined) return this.#stay(key)
    cached.isRecent = true
    return cached.chat
  }

  /** The chat if its state is here. */
  cached(bytes: Uint8Array): ChatState | undefined {
    return this.#chats.get(chatKey(bytes))?.chat
  }

  /** The chat of something parked; if its state is not here, it is asked for with the next commit. */
  parkedChat(key: string): ChatState | undefined {
    const cached = this.#chats.get(key)
    if (cached === undefined && !this.#asked.has(key)) {
      this.#asked.add(key)
      this.#wanted.push(Buffer.from(key, 'latin1'))
    }
    return cached?.chat
  }

  /** Whether there is something to commit though no batch came. */
  isWaiting(mayAsk: boolean): boolean {
    return this.#wanted.length > 0 || this.suspects.isWaiting || this.unsaved.isWaiting(mayAsk)
  }

  /** An entry of the batch was applied to the chat. */
  touch(chat: ChatState): void {
    this.#touched.add(chat)
  }

  /**
   * What goes with every commit of this partition.
   *
   * @param puts gets the fields that changed since the last
   * @param fieldsMax chat state that may stay in memory
   * @param mayAsk whether there is a directory to copy to
   * @param isAnswer whether the commit answers a batch: then no other batch is on its way
   * @returns the chats that this worker forgets, and those whose state it asks for
   */
  finish(
    puts: StatePut[],
    fieldsMax: number,
    mayAsk: boolean,
    isAnswer: boolean,
  ): { dropped: Uint8Array[]; wanted: Uint8Array[] } {
    const dropped: Uint8Array[] = []
    for (const chat of this.#touched) {
      const changes = chat.takeChanges()
      if (changes !== undefined) {
        putsOf(chat.bytes, chat.head, changes, puts)
        const field = this.unsaved.note(chat, changes)
        if (field !== undefined) puts.push({ chat: DIRTY_CHAT, field, value: DIRTY_VALUE })
      }
      this.#weigh(chat)
      if (!chat.exists && !this.parked.has(chat.key)) dropped.push(this.#drop(chat))
    }
    this.#touched.clear()
    if (this.#isOlder === true && !this.#isOlderNoted) {
      this.#isOlderNoted = true
      puts.push({ chat: DIRTY_CHAT, field: OLDER, value: DIRTY_VALUE })
    }
    for (const field of this.unsaved.takeSaved()) puts.push({ chat: DIRTY_CHAT, field, gone: true })
    this.parked.takePuts(puts)
    this.suspects.takePuts(puts)
    this.#shrink(fieldsMax, dropped)
    if (isAnswer) this.#leaving.clear()
    const wanted = this.#wanted.splice(0)
    return { dropped, wanted: mayAsk ? [...wanted, ...this.unsaved.takeWanted()] : wanted }
  }

  /** Whatever was on its way when the last commit was sent has come and was applied. */
  settled(): void {
    this.#leaving.clear()
  }

  noteUser(user: string, puts: StatePut[]): void {
    const field = this.unsaved.noteUser(user)
    if (field !== undefined) puts.push({ chat: DIRTY_CHAT, field, value: DIRTY_VALUE })
  }

  #hold(key: string, chat: ChatState): ChatState {
    this.#chats.set(key, { chat, isRecent: true, fields: chat.fields, loadedSeq: chat.lastSeq })
    this.#fields += chat.fields
    return chat
  }

  /** A batch counts on a chat that was about to be forgotten. */
  #stay(key: string): ChatState {
    const chat = this.#leaving.get(key)
    assert(chat !== undefined, 'the state of a chat comes with its first entry')
    this.#leaving.delete(key)
    this.unsaved.loaded(chat)
    return this.#hold(key, chat)
  }

  #weigh(chat: ChatState): void {
    const cached = this.#chats.get(chat.key)
    if (cached === undefined) return
    this.#fields += chat.fields - cached.fields
    cached.fields = chat.fields
  }

  #drop(chat: ChatState): Uint8Array {
    this.#fields -= this.#chats.get(chat.key)?.fields ?? 0
    this.#chats.delete(chat.key)
    this.#leaving.set(chat.key, chat)
    this.unsaved.dropped(chat)
    return chat.bytes
  }

  /** Second chance: who was used since the last look goes to the end of the row once. */
  #shrink(fieldsMax: number, dropped: Uint8Array[]): void {
    if (this.#fields <= fieldsMax) return
    for (const [key, cached] of this.#chats) {
      if (this.#fields <= fieldsMax || this.#chats.size <= 1) return
      if (cached.isRecent) {
        cached.isRecent = false
        this.#chats.delete(key)
        this.#chats.set(key, cached)
      } else dropped.push(this.#drop(cached.chat))
    }
  }
}
