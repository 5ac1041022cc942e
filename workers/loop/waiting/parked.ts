import { isChatField } from '../../../proto/codec.ts'
import {
  decodeEnvelope,
  type DecodedEnvelope,
  encodeEnvelope,
  type StatePut,
} from '../../../proto/server-codec.ts'
import type { Entry } from '../../chat/apply.ts'
import { isCommand } from '../../chat/entry-kinds.ts'
import { fingerprint } from '../../chat/fingerprint.ts'
import { chatKey } from '../../chat/state.ts'
import type { Cost, Waits } from '../../chat/step.ts'
import { upContent } from '../up-content.ts'
import { type ParkedEntry, ParkedQueue } from './parked-queue.ts'

/** The pseudo-chat of each partition that holds what waits: a field for each envelope, by position. */
export const PARKED_CHAT = Buffer.from('~parked', 'latin1')

/** Of one partition. At either, what would wait is Rejected `rate-limited`. All of it goes to a new owner in one frame. */
export const PARKED_ENTRIES_MAX = 4_096
export const PARKED_BYTES_MAX = 1024 * 1024
/** What one user may have of it. */
const USER_SHARE = 1 / 4
/** And in all partitions of a worker together: the same entries, and bytes for all that. */
export const PARKED_BYTES_PER_USER_MAX = 1024 * 1024
/** Of a worker. However short a command is, it takes some 400 bytes of memory; beside its own, those are 100 MiB. */
export const PARKED_COMMANDS_IN_ALL_MAX = 262_144
export const PARKED_BYTES_IN_ALL_MAX = 64 * 1024 * 1024

interface Field {
  readonly name?: string | null
  readonly value?: Uint8Array | null
}

/** What one user has waiting. Entries are envelopes. */
export interface Share {
  readonly entries: number
  readonly bytes: number
}

/** What waits in all partitions of the worker. */
export interface ParkedInAll {
  readonly ofUser: Share
  readonly commands: number
  readonly bytes: number
}

const NOTHING: Share = { entries: 0, bytes: 0 }

/**
 * Commands that cannot be decided yet, because the directory is away or their sender has spent their allowance: they have
 * left the partition's mailbox, so that everything else goes on, and stand in its state until they are decided, with the
 * commit that decides them. What comes later for the same chat goes behind them: see ParkedQueue.
 */
export class Parked {
  /** By chat key, in the order in which they are looked at. */
  readonly #chats = new Map<string, ParkedQueue>()
  readonly #users = new Map<string, Share>()
  readonly #inAll: (user: string) => ParkedInAll
  /** Which sends wait: a copy of one adds nothing. */
  readonly #sends = new Map<string, number>()
  /** What the next commit says of them; undefined: gone. */
  readonly #changes = new Map<number, Uint8Array | undefined>()
  #entries = 0
  #spent = 0
  #bytes = 0
  #commands = 0

  /**
   * @param fields of `~parked`, as an earlier owner left them
   * @param inAll what waits in all partitions of the worker
   */
  constructor(
    fields: readonly Field[],
    inAll: (user: string) => ParkedInAll = (user) => parkedInAll([this], user),
  ) {
    this.#inAll = inAll
    const stored = fields
      .map(({ name, value }) => ({ position: Number(name), value: value ?? new Uint8Array() }))
      .sort((a, b) => a.position - b.position)
    for (const { position, value } of stored) {
      // A copy, not a view: that would keep a whole frame in memory.
      const envelope = readable(Uint8Array.from(value))
      if (isChatField(envelope?.chat)) this.#add(position, envelope, value.length)
    }
  }

  /** Envelopes. */
  get size(): number {
    return this.#entries
  }
  /** Of these, those that wait for their sender's allowance. */
  get spentSize(): number {
    return this.#spent
  }
  get bytes(): number {
    return this.#bytes
  }
  /** In these envelopes. */
  get commands(): number {
    return this.#commands
  }
  has(key: string): boolean {
    return this.#entries > 0 && this.#chats.has(key)
  }
  /** What a new command of the user to the chat would wait for behind what waits there; undefined: it passes. */
  waitsFor(key: string, user: string): Waits | undefined {
    return this.#entries > 0 ? this.#chats.get(key)?.waitsFor(user) : undefined
  }
  shareOf(user: string): Share {
    return this.#users.get(user) ?? NOTHING
  }
  /** Chats with something that waits, those first that were not looked at for longest. */
  get keys(): Iterable<string> {
    return this.#chats.keys()
  }
  of(key: string): readonly ParkedEntry[] {
    return this.#chats.get(key)?.entries ?? []
  }
  /** When the broker took in what has waited for the directory for longest, Unix ms; undefined: nothing does. */
  get oldestAtMs(): number | undefined {
    let oldest: number | undefined
    for (const { entries } of this.#chats.values()) {
      const first = entries.find(({ envelope }) => !envelope.spent)
      if (first !== undefined && (oldest === undefined || first.envelope.atMs < oldest))
        oldest = first.envelope.atMs
    }
    return oldest
  }

  /** It was its turn to be looked at: the others' comes first now. */
  looked(key: string): void {
    const queue = this.#chats.get(key)
    if (queue === undefined) return
    this.#chats.delete(key)
    this.#chats.set(key, queue)
  }

  /** Whether this very send waits already in the chat. */
  holds(key: string, entry: Entry): boolean {
    const send = sendOf(key, entry)
    return send !== undefined && this.#sends.has(send)
  }

  /**
   * @param ups those of the envelope's that have to wait
   * @param spent for their sender's allowance, and not for the directory
   * @returns false if there is no room: nothing has changed
   */
  park(position: number, envelope: DecodedEnvelope, ups: readonly Uint8Array[], spent: boolean): boolean {
    const bytes = bytesOf(envelope, ups, { spent })
    if (this.#entries >= PARKED_ENTRIES_MAX || this.#bytes + bytes.length > PARKED_BYTES_MAX) return false
    if (this.shareOf(envelope.user).bytes + bytes.length > PARKED_BYTES_MAX * USER_SHARE) return false
    const inAll = this.#inAll(envelope.user)
    if (inAll.ofUser.entries >= PARKED_ENTRIES_MAX * USER_SHARE) return false
    if (inAll.ofUser.bytes + bytes.length > PARKED_BYTES_PER_USER_MAX) return false
    if (inAll.commands + ups.length > PARKED_COMMANDS_IN_ALL_MAX) return false
    if (inAll.bytes + bytes.length > PARKED_BYTES_IN_ALL_MAX) return false
    this.#add(position, decodeEnvelope(bytes), bytes.length)
    this.#changes.set(position, bytes)
    return true
  }

  /**
   * There was no room for this number: nothing becomes of it, also after those of its device that wait in the chat, which
   * are lower.
   * @returns false if none do
   */
  refuse(key: string, { user, device }: Entry, clientSeq: number): boolean {
    const last = this.of(key).findLast(({ envelope }) => envelope.user === user && envelope.device === device)
    if (last === undefined) return false
    const passedUpTo = Math.max(last.envelope.passedUpTo, clientSeq)
    this.#replace(last, bytesOf(last.envelope, upsOf(last.envelope), { passedUpTo }), last.cost)
    return true
  }

  /**
   * An entry was decided, but for the ups that are `left`: those wait on.
   * @param spent for their sender's allowance, and not for the directory
   * @param cost of the first of them, if its sender could not pay that
   */
  decided(entry: ParkedEntry, left: readonly Uint8Array[], spent: boolean, cost?: Partial<Cost>): void {
    const { position, key, envelope } = entry
    if (left.length > 0) return this.#replace(entry, bytesOf(envelope, left, { spent }), cost)
    const queue = this.#chats.get(key)
    queue?.replace(entry, undefined)
    this.#count(entry, -1)
    this.#changes.set(position, undefined)
    if (queue?.entries.length === 0) this.#chats.delete(key)
  }

  /** What a commit says of changes since the last. */
  takePuts(puts: StatePut[]): void {
    for (const [position, value] of this.#changes)
      puts.push({
        chat: PARKED_CHAT,
        field: String(position),
        ...(value === undefined ? { gone: true } : { value }),
      })
    this.#changes.clear()
  }

  #replace(entry: ParkedEntry, bytes: Uint8Array, cost: Partial<Cost> | undefined): void {
    const { position, key } = entry
    const changed = { position, key, envelope: decodeEnvelope(bytes), bytes: bytes.length, cost }
    this.#chats.get(key)?.replace(entry, changed)
    this.#count(entry, -1)
    this.#count(changed, 1)
    this.#changes.set(position, bytes)
  }

  #add(position: number, envelope: DecodedEnvelope, bytes: number): void {
    const key = chatKey(envelope.chat)
    const entry = { position, key, envelope, bytes }
    const queue = this.#chats.get(key) ?? new ParkedQueue()
    queue.add(entry)
    this.#chats.set(key, queue)
    this.#count(entry, 1)
  }

  #count(entry: ParkedEntry, by: 1 | -1): void {
    const { user, spent } = entry.envelope
    const { entries, bytes } = this.shareOf(user)
    if (entries + by === 0) this.#users.delete(user)
    else this.#users.set(user, { entries: entries + by, bytes: bytes + by * entry.bytes })
    this.#entries += by
    this.#bytes += by * entry.bytes
    this.#commands += by * (1 + entry.envelope.moreUps.length)
    if (spent) this.#spent += by
    for (const each of entriesOf(entry.envelope)) {
      const send = sendOf(entry.key, each)
      if (send === undefined) continue
      const copies = (this.#sends.get(send) ?? 0) + by
      if (copies === 0) this.#sends.delete(send)
      else this.#sends.set(send, copies)
    }
  }
}

/** What waits in these together, and of it what a user has. */
export function parkedInAll(all: Iterable<Parked>, user: string): ParkedInAll {
  let [entries, ofUser, commands, bytes] = [0, 0, 0, 0]
  for (const parked of all) {
    const share = parked.shareOf(user)
    entries += share.entries
    ofUser += share.bytes
    commands += parked.commands
    bytes += parked.bytes
  }
  return { ofUser: { entries, bytes: ofUser }, commands, bytes }
}

/** The ups of an envelope, decoded. */
export function entriesOf(envelope: DecodedEnvelope): Entry[] {
  return upsOf(envelope).map((up) => entryOf(envelope, upContent(up)))
}

export function upsOf({ up, moreUps }: DecodedEnvelope): Uint8Array[] {
  return [up ?? new Uint8Array(), ...moreUps]
}

/** Whether an entry is one that may have to wait: what has no number is answered from what is known now. */
export function mayWait({ content }: Entry): boolean {
  return content.kind === 'up' && isCommand(content.is)
}

export function entryOf(
  { user, device, transient: isTransient, atMs }: DecodedEnvelope,
  content: Entry['content'],
): Entry {
  return { user, device, isTransient, atMs, content }
}

function bytesOf(
  { user, device, atMs, chat, admin, transient, passedUpTo, spent }: DecodedEnvelope,
  [up = new Uint8Array(), ...moreUps]: readonly Uint8Array[],
  changed: { readonly passedUpTo?: number; readonly spent?: boolean },
): Uint8Array {
  const kept = { user, device, atMs, chat, admin, transient, passedUpTo, spent }
  return encodeEnvelope({ ...kept, ...changed, up, moreUps })
}

/** What makes a send this one (G4). */
function sendOf(key: string, { user, device, content }: Entry): string | undefined {
  if (content.kind !== 'up' || !isCommand(content.is)) return undefined
  const body = content.up[content.is] ?? {}
  return `${key}${user}/${device} ${body.clientSeq} ${fingerprint(content.is, body)}`
}

/** @returns undefined for what no worker has put: it stays where it is */
function readable(bytes: Uint8Array): DecodedEnvelope | undefined {
  try {
    return decodeEnvelope(bytes)
  } catch {
    return undefined
  }
}
