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
import { upContent } from '../up-content.ts'

/** The pseudo-chat of each partition that holds what waits for the directory: a field for each envelope, by position. */
export const PARKED_CHAT = Buffer.from('~parked', 'latin1')

/** Of one partition. At either, what would wait is Rejected `rate-limited`. All of it goes to a new owner in one frame. */
export const PARKED_ENTRIES_MAX = 4_096
export const PARKED_BYTES_MAX = 1024 * 1024
/** What one user may have of it. */
const USER_SHARE = 1 / 4

interface Field {
  readonly name?: string | null
  readonly value?: Uint8Array | null
}

/** Commands of one device to one chat, in order: an envelope without what needed not wait. */
export interface ParkedEntry {
  /** Its position in the partition's mailbox, when it still stood there. */
  readonly position: number
  readonly key: string
  readonly envelope: DecodedEnvelope
  readonly bytes: number
}

/**
 * Commands that cannot be decided while the directory is away: they have left the partition's mailbox, so that everything
 * else goes on, and stand in its state until they are decided, with the commit that decides them. What comes later for
 * the same chat goes behind them.
 */
export class Parked {
  /** By chat key, in order. */
  readonly #chats = new Map<string, ParkedEntry[]>()
  readonly #users = new Map<string, { entries: number; bytes: number }>()
  /** Which sends wait: a copy of one adds nothing. */
  readonly #sends = new Map<string, number>()
  /** What the next commit says of them; undefined: gone. */
  readonly #changes = new Map<number, Uint8Array | undefined>()
  #entries = 0
  #bytes = 0

  /** @param fields of `~parked`, as an earlier owner left them */
  constructor(fields: readonly Field[]) {
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
  has(key: string): boolean {
    return this.#entries > 0 && this.#chats.has(key)
  }
  /** Chats with something that waits, those first that have waited for longest. */
  get keys(): Iterable<string> {
    return this.#chats.keys()
  }
  of(key: string): readonly ParkedEntry[] {
    return this.#chats.get(key) ?? []
  }
  /** When the broker took in what has waited for longest, Unix ms; undefined: nothing waits. */
  get oldestAtMs(): number | undefined {
    let oldest: number | undefined
    for (const [first] of this.#chats.values())
      if (first !== undefined && (oldest === undefined || first.envelope.atMs < oldest))
        oldest = first.envelope.atMs
    return oldest
  }

  /** Whether this very send waits already in the chat. */
  holds(key: string, entry: Entry): boolean {
    const send = sendOf(key, entry)
    return send !== undefined && this.#sends.has(send)
  }

  /**
   * @param ups those of the envelope's that have to wait
   * @returns false if there is no room: nothing has changed
   */
  park(position: number, envelope: DecodedEnvelope, ups: readonly Uint8Array[]): boolean {
    const bytes = bytesOf(envelope, ups)
    const share = this.#users.get(envelope.user) ?? { entries: 0, bytes: 0 }
    if (this.#entries >= PARKED_ENTRIES_MAX || this.#bytes + bytes.length > PARKED_BYTES_MAX) return false
    if (share.entries >= PARKED_ENTRIES_MAX * USER_SHARE) return false
    if (share.bytes + bytes.length > PARKED_BYTES_MAX * USER_SHARE) return false
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
    const queue = this.#chats.get(key) ?? []
    const at = queue.findLastIndex(({ envelope }) => envelope.user === user && envelope.device === device)
    const last = queue[at]
    if (last === undefined) return false
    const passedUpTo = Math.max(last.envelope.passedUpTo, clientSeq)
    queue[at] = this.#replace(last, bytesOf(last.envelope, upsOf(last.envelope), passedUpTo))
    return true
  }

  /** The chat's first entry was decided, but for the ups that are `left`: those wait on. */
  decided(entry: ParkedEntry, left: readonly Uint8Array[]): void {
    const { position, key, envelope } = entry
    const queue = this.#chats.get(key) ?? []
    if (left.length > 0) {
      queue[0] = this.#replace(entry, bytesOf(envelope, left))
      return
    }
    queue.shift()
    this.#count(entry, -1)
    this.#changes.set(position, undefined)
    if (queue.length === 0) this.#chats.delete(key)
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

  #replace(entry: ParkedEntry, bytes: Uint8Array): ParkedEntry {
    const { position, key } = entry
    const changed = { position, key, envelope: decodeEnvelope(bytes), bytes: bytes.length }
    this.#count(entry, -1)
    this.#count(changed, 1)
    this.#changes.set(position, bytes)
    return changed
  }

  #add(position: number, envelope: DecodedEnvelope, bytes: number): void {
    const key = chatKey(envelope.chat)
    const entry = { position, key, envelope, bytes }
    const queue = this.#chats.get(key)
    if (queue === undefined) this.#chats.set(key, [entry])
    else queue.push(entry)
    this.#count(entry, 1)
  }

  #count(entry: ParkedEntry, by: 1 | -1): void {
    const { user } = entry.envelope
    const share = this.#users.get(user) ?? { entries: 0, bytes: 0 }
    share.entries += by
    share.bytes += by * entry.bytes
    if (share.entries === 0) this.#users.delete(user)
    else this.#users.set(user, share)
    this.#entries += by
    this.#bytes += by * entry.bytes
    for (const each of entriesOf(entry.envelope)) {
      const send = sendOf(entry.key, each)
      if (send === undefined) continue
      const copies = (this.#sends.get(send) ?? 0) + by
      if (copies === 0) this.#sends.delete(send)
      else this.#sends.set(send, copies)
    }
  }
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
  envelope: DecodedEnvelope,
  [up = new Uint8Array(), ...moreUps]: readonly Uint8Array[],
  passedUpTo = envelope.passedUpTo,
): Uint8Array {
  const { user, device, atMs, chat, admin, transient } = envelope
  return encodeEnvelope({ user, device, atMs, chat, admin, transient, up, moreUps, passedUpTo })
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
