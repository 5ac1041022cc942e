import { setTimeout as delay } from 'node:timers/promises'
import { messageSpan } from '../../../proto/down-entry.ts'
import { bodiesIn, mayShare } from '../shared-bodies.ts'
import type { Append, Commit } from '../store.ts'
import { HEAVY, type Act, type Acts } from './batches.ts'
import { isBroken } from './calls.ts'
import type { RedisClock } from './clock.ts'
import { bodiesName, bodiesPlace, sweepPlace, sweepShardOf } from './keys.ts'
import { BODIES_SCRIPT, RELEASE_SCRIPT } from './lua/bodies.ts'
import { DUE_SCRIPT } from './lua/registry.ts'
import { encodeReference, ID_BYTES, SHARERS_MAX, type Reference } from './record.ts'
import { listOf, type Reply } from './script.ts'

const HOUR_MS = 3_600_000
/** Entries that have gone are counted together for so long. */
const RELEASE_MS = 1_000
/** A page of a mailbox waits so long for bodies on another server; then it ends in front of the first that is missing. */
const READ_MS_MAX = 1_000
/** A commit waits so long for the note of an hour's end; without it, it stores copies. */
const NOTE_MS_MAX = 250
/** Hours of partitions remembered as noted for a sweep. */
const NOTED_MAX = 10_000
const COUNTER_END = 2 ** 24
/** Of a reference; see record.ts. */
const SEQ_END = 2 ** 40
const LENGTH_END = 2 ** 24
const MORE_MAX = 255
const PACKED_BYTES = 1 + ID_BYTES + 3 + 2
/** Bodies of which entries have gone, until that is told to their servers. Of more, what has gone stays until its hour goes. */
const RELEASED_BODIES_MAX = 100_000

/** Bytes that a commit stores once. */
export interface SharedBody {
  readonly id: Buffer
  readonly bytes: Uint8Array
  /** What mailboxes hold instead. */
  readonly reference: Uint8Array
  /** Entries that are to share it. */
  readonly copies: number
}

export interface SharedBodies {
  readonly key: string
  readonly byBytes: ReadonlyMap<Uint8Array, SharedBody>
}

/**
 * What the mailboxes of a group share: ADR 0031. The bodies of one hour of a partition are a hash in the partition's slot:
 * <id> to the bytes, #<id> to which entries share them, a bit each. A body goes with the last of them; what nobody took
 * off, because a broker died, goes with its hour when the mailboxes' time is over.
 */
export class RedisBodies {
  readonly #acts: Acts
  readonly #clock: RedisClock
  readonly #retentionMs: number
  /** No other broker gives these ids: random, and counted. */
  readonly #prefix = crypto.getRandomValues(Buffer.alloc(ID_BYTES - 3))
  #count = 0
  readonly #noted = new Set<string>()
  /** Notes under way. */
  readonly #notes = new Map<string, Promise<boolean>>()
  /** Slots that were asked for bodies, and did not answer in time: until they do. */
  readonly #late = new Map<number, Promise<unknown>>()
  /** Per hour of a partition and body, the numbers of the entries that have gone. */
  #released = new Map<string, Map<string, Buffer[]>>()
  #releasedBodies = 0
  #isClosed = false
  #timer: NodeJS.Timeout | undefined

  constructor(acts: Acts, clock: RedisClock, retentionMs: number) {
    this.#acts = acts
    this.#clock = clock
    this.#retentionMs = retentionMs
  }

  /** What of a commit is to be stored once. When it resolves, its end is noted: where that cannot be soon, nothing is. */
  async of({ partition, appends }: Commit): Promise<SharedBodies | undefined> {
    const hour = Math.floor(this.#clock.latest() / HOUR_MS)
    const byBytes = new Map<Uint8Array, SharedBody>()
    for (const [bytes, copies] of copiesOf(bodiesIn(appends), appends)) {
      const span = messageSpan(bytes)
      // A reference names its partition by the chat.
      if (span === undefined || span.chat[9] !== partition || bytes.length >= LENGTH_END) continue
      if (span.lastSeq >= SEQ_END || span.lastSeq - span.firstSeq > MORE_MAX || copies > SHARERS_MAX) continue
      const id = this.#nextId()
      const reference = encodeReference(span, id, hour, bytes.length)
      byBytes.set(bytes, { id, bytes, reference, copies })
    }
    if (byBytes.size === 0) return undefined
    if (!(await this.#isNoted(partition, hour))) return undefined
    return { key: bodiesPlace(partition, hour).keys[0] as string, byBytes }
  }

  /** @returns per reference its bytes; 'gone' if nobody has them any more; 'away' if their server does not say so in time */
  async read(references: readonly Reference[]): Promise<(Uint8Array | 'gone' | 'away')[]> {
    const byHour = new Map<string, Reference[]>()
    for (const reference of references) {
      const name = bodiesName(reference.partition, reference.hour)
      const known = byHour.get(name)
      if (known === undefined) byHour.set(name, [reference])
      else known.push(reference)
    }
    const found = new Map<Reference, Uint8Array | 'gone'>()
    await Promise.all(
      [...byHour.values()].map(async (group) => {
        const { partition, hour } = group[0] as Reference
        const args = group.map(({ id }) => Buffer.from(id, 'latin1'))
        const place = bodiesPlace(partition, hour)
        const reply = await this.#inTime({ ...place, script: BODIES_SCRIPT, args, weight: HEAVY })
        if (reply === undefined || reply instanceof Error) return
        listOf(reply).forEach((bytes, i) => {
          found.set(group[i] as Reference, bytes instanceof Uint8Array ? bytes : 'gone')
        })
      }),
    )
    return references.map((reference) => found.get(reference) ?? 'away')
  }

  /** Where an answer is late, nothing more is asked before it has come. @returns undefined if there is none in time */
  async #inTime(act: Act): Promise<Reply | Error | undefined> {
    const inTime = <Answer>(answer: Promise<Answer>): Promise<Answer | undefined> =>
      Promise.race([answer, delay(READ_MS_MAX, undefined, { ref: false })])
    const late = this.#late.get(act.slot)
    if (late !== undefined && (await inTime(late)) === undefined) return undefined
    const asked = this.#acts.settleAll([act]).then(([reply]) => reply)
    const reply = await inTime(asked)
    if (reply === undefined && !this.#late.has(act.slot)) {
      const answered = asked.then(() => this.#late.delete(act.slot))
      this.#late.set(act.slot, answered)
    }
    return reply
  }

  /** Entries left their mailboxes. @param packed per entry [partition][id][hour 3][number 2], as the scripts say it */
  released(packed: Uint8Array): void {
    const all = Buffer.from(packed.buffer, packed.byteOffset, packed.length)
    for (let at = 0; at + PACKED_BYTES <= all.length; at += PACKED_BYTES) {
      const id = all.toString('latin1', at + 1, at + 1 + ID_BYTES)
      const name = `${all[at]} ${all.readUIntBE(at + 1 + ID_BYTES, 3)}`
      this.#gone(name, id, [all.subarray(at + PACKED_BYTES - 2, at + PACKED_BYTES)])
    }
    this.#flushSoon()
  }

  /** Takes off what has gone: again later what fails, for the second time changes nothing. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const released = this.#released
    this.#released = new Map()
    this.#releasedBodies = 0
    const hours = [...released]
    const replies = await this.#acts.settleAll(
      hours.map(([name, ids]) => {
        const [partition, hour] = name.split(' ').map(Number) as [number, number]
        const args = [...ids].flatMap(([id, numbers]) => [Buffer.from(id, 'latin1'), Buffer.concat(numbers)])
        return { ...bodiesPlace(partition, hour), script: RELEASE_SCRIPT, args, weight: ids.size }
      }),
    )
    hours.forEach(([name, ids], i) => {
      const reply = replies[i]
      if (!(reply instanceof Error) || isBroken(reply)) return
      for (const [id, numbers] of ids) this.#gone(name, id, numbers)
    })
    if (this.#released.size > 0) this.#flushSoon()
  }

  /** A server has lost some of what it was told: hours are noted again. */
  reset(): void {
    this.#noted.clear()
  }

  /** What cannot be taken off now stays until its hour goes. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.flush()
  }

  #gone(name: string, id: string, numbers: readonly Buffer[]): void {
    const ids = this.#released.get(name) ?? new Map<string, Buffer[]>()
    const known = ids.get(id)
    if (known !== undefined) {
      known.push(...numbers)
    } else if (this.#releasedBodies < RELEASED_BODIES_MAX) {
      this.#releasedBodies++
      this.#released.set(name, ids.set(id, [...numbers]))
    }
  }

  #flushSoon(): void {
    if (!this.#isClosed) this.#timer ??= setTimeout(() => void this.flush(), RELEASE_MS).unref()
  }

  #nextId(): Buffer {
    const id = Buffer.alloc(ID_BYTES)
    this.#prefix.copy(id)
    this.#count = (this.#count + 1) % COUNTER_END
    id.writeUIntBE(this.#count, ID_BYTES - 3, 3)
    return id
  }

  /**
   * Before anything is in the hour: what is not noted would never go. The note may be on another server than the
   * partition, and that one may be away, which must not hold up the partition.
   */
  #isNoted(partition: number, hour: number): Promise<boolean> {
    const name = bodiesName(partition, hour)
    if (this.#noted.has(name)) return Promise.resolve(true)
    let note = this.#notes.get(name)
    if (note === undefined) {
      note = this.#note(partition, hour).then(
        () => true,
        () => false,
      )
      this.#notes.set(name, note)
      void note.then(() => this.#notes.delete(name))
    }
    return Promise.race([note, delay(NOTE_MS_MAX, false, { ref: false })])
  }

  async #note(partition: number, hour: number): Promise<void> {
    const name = bodiesName(partition, hour)
    const due = hour + 2 + Math.ceil(this.#retentionMs / HOUR_MS)
    await this.#acts.run({
      ...sweepPlace(sweepShardOf(name), due),
      script: DUE_SCRIPT,
      args: [due, name],
    })
    if (this.#noted.size >= NOTED_MAX) this.#noted.clear()
    this.#noted.add(name)
  }
}

/** How many entries share each of these. */
function copiesOf(bodies: ReadonlySet<Uint8Array>, appends: readonly Append[]): Map<Uint8Array, number> {
  const copies = new Map<Uint8Array, number>()
  if (bodies.size === 0) return copies
  for (const append of appends) {
    const { bytes } = append
    if (bodies.has(bytes) && mayShare(append)) copies.set(bytes, (copies.get(bytes) ?? 0) + 1)
  }
  return copies
}
