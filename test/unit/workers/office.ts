import { pino } from 'pino'
import {
  type DecodedDown,
  decodeDown,
  encodeRequest,
  encodeUp,
  type Request,
  type Up,
} from '../../../proto/codec.ts'
import {
  chatBytesOf,
  type ChatId,
  chatIdOf,
  directChatId,
  groupChatId,
  partitionOfChat,
  partitionOfUser,
  type UserId,
} from '../../../proto/ids.ts'
import {
  decodeEnvelope,
  decodeFanout,
  type DecodedFanout,
  encodeEnvelope,
  encodeFanout,
  encodeWork,
  type Envelope,
  type Work,
} from '../../../proto/server-codec.ts'
import { Allowance, type AllowanceLimits } from '../../../workers/loop/allowance.ts'
import type { apply } from '../../../workers/chat/apply.ts'
import { Begun } from '../../../workers/loop/begun.ts'
import { DirectoryCopy } from '../../../workers/loop/copy/copy.ts'
import type { FanoutBuilder } from '../../../workers/loop/fanout-builder.ts'
import { FactSource } from '../../../workers/loop/facts.ts'
import { KnownUsers } from '../../../workers/loop/known-users.ts'
import { WorkerMetrics } from '../../../workers/metrics.ts'
import { WorkLoop } from '../../../workers/loop/work-loop.ts'
import { MapDirectory } from './map-directory.ts'

/** This broker answers at once. */
export const answered = (): Promise<void> => Promise.resolve()

/** The pseudo-chats that each new owner is given. */
const PSEUDO = ['~dirty', '~parked']

interface OfficePartition {
  epoch: number
  cursor: number
  readonly waiting: Uint8Array[]
  readonly held: Set<string>
  readonly wanted: Set<string>
}

/**
 * As much of a broker as a work loop needs: entries wait in partitions, Work frames carry them with the states that the
 * worker has not had, and a Fanout's commits are carried out.
 */
interface OfficeOptions extends Partial<AllowanceLimits> {
  readonly chatsPerUserMax?: number
  readonly cachedFieldsMax?: number
  readonly step?: typeof apply
}

export class Office {
  readonly directory = new MapDirectory()
  readonly metrics = new WorkerMetrics()
  readonly known = new KnownUsers(1_000)
  loop: WorkLoop
  copy: DirectoryCopy
  atMs = 1_760_000_000_000
  /** Monotonic ms, by which facts count how long the directory has been back. */
  uptimeMs = 1_000_000
  /** By chat name, then field. */
  readonly states = new Map<string, Map<string, Uint8Array>>()
  /** Decoded entries by user, with the device that alone gets them, or does not get them. */
  readonly delivered: { user: string; only?: string; except?: string; key?: string; down: DecodedDown }[] = []
  readonly ephemeral: { users: readonly string[]; down: DecodedDown }[] = []
  readonly #partitions = new Map<number, OfficePartition>()
  #options: OfficeOptions

  constructor(options: OfficeOptions = {}) {
    this.#options = options
    this.loop = this.#newLoop()
    this.copy = this.#newCopy()
  }

  #newCopy(): DirectoryCopy {
    return new DirectoryCopy(this.directory, this.loop, this.metrics, pino({ level: 'silent' }))
  }

  #newLoop(): WorkLoop {
    const {
      cachedFieldsMax = 1_000_000,
      step,
      recipientsPerMinMax = 1e12,
      recipientBytesPerSMax = 1e12,
      chatsPerDayMax = 1e12,
    } = this.#options
    return new WorkLoop({
      facts: new FactSource(
        this.directory,
        this.known,
        new Allowance({ recipientsPerMinMax, recipientBytesPerSMax, recipientsBurstS: 1, chatsPerDayMax }),
        16,
        () => this.uptimeMs,
        () => this.atMs,
        undefined,
        new Begun(this.directory, this.#options.chatsPerUserMax),
      ),
      metrics: this.metrics,
      log: pino({ level: 'silent' }),
      cachedFieldsMax,
      canCopy: () => !this.directory.isAway,
      ...(step !== undefined && { step }),
    })
  }

  /** The worker is another one now, with other settings if there are any: every partition has a new epoch. */
  takeOver(changed: OfficeOptions = {}): void {
    this.#options = { ...this.#options, ...changed }
    this.loop = this.#newLoop()
    this.copy = this.#newCopy()
    this.#anew()
  }

  /** The same worker has another connection: every partition has a new epoch. */
  reconnect(): void {
    this.loop.forgetAll()
    this.#anew()
  }

  #anew(): void {
    for (const partition of this.#partitions.values()) {
      partition.epoch++
      partition.held.clear()
    }
  }

  /** Copies the mailboxes. @returns what puts them back as they were, to another worker */
  backUp(): () => void {
    const states = [...this.states].map(([name, fields]) => [name, new Map(fields)] as const)
    const cursors = [...this.#partitions].map(([number, { cursor }]) => [number, cursor] as const)
    return () => {
      this.states.clear()
      for (const [name, fields] of states) this.states.set(name, new Map(fields))
      for (const [number, cursor] of cursors) Object.assign(this.partition(number), { cursor, waiting: [] })
      this.takeOver()
    }
  }

  partition(number: number): OfficePartition {
    let partition = this.#partitions.get(number)
    if (partition === undefined) {
      partition = { epoch: 1, cursor: 0, waiting: [], held: new Set(), wanted: new Set() }
      this.#partitions.set(number, partition)
    }
    return partition
  }

  append(number: number, envelope: Envelope | Uint8Array): void {
    const bytes = envelope instanceof Uint8Array ? envelope : encodeEnvelope(envelope)
    this.partition(number).waiting.push(bytes)
  }

  up(from: string, chat: ChatId, up: Up | Uint8Array): void {
    const [user = '', device = 'phone'] = from.split('/')
    const bytes = up instanceof Uint8Array ? up : encodeUp(up)
    this.append(partitionOfChat(chat), { user, device, atMs: this.atMs, chat: chatBytesOf(chat), up: bytes })
  }
  mark(chat: ChatId, marks: Record<string, number>): void {
    const list = Object.entries(marks).map(([user, upTo]) => ({ user, upTo }))
    this.append(partitionOfChat(chat), {
      atMs: this.atMs,
      chat: chatBytesOf(chat),
      delivered: { marks: list },
    })
  }
  connect(user: string): void {
    this.append(partitionOfUser(user as UserId), { user, device: 'phone', atMs: this.atMs, connected: {} })
  }
  ask(user: string, request: Request, admin = false): void {
    this.askBytes(user, encodeRequest(request), admin)
  }
  askBytes(user: string, request: Uint8Array, admin = false): void {
    const number = partitionOfUser(user as UserId)
    this.append(number, { user, device: 'phone', atMs: this.atMs, request, admin })
  }

  /** The Work frame for everything that waits. */
  work(more: Pick<Work, 'ephemeral' | 'refused'> = {}): Uint8Array {
    const batches = [...this.#partitions]
      .filter(
        ([number, { waiting, wanted, held }]) =>
          waiting.length + wanted.size > 0 ||
          PSEUDO.some((name) => !held.has(name) && this.#fieldsOf(number, name).size > 0),
      )
      .map(([number, { epoch, cursor, waiting, held, wanted }]) => {
        const named = new Set(wanted)
        for (const name of PSEUDO) if (!held.has(name)) named.add(name)
        for (const entry of waiting) for (const name of namesIn(entry)) if (!held.has(name)) named.add(name)
        wanted.clear()
        const states = [...named].map((name) => {
          held.add(name)
          const fields = Array.from(this.#fieldsOf(number, name), ([field, value]) => ({
            name: field,
            value,
          }))
          return { chat: bytesOf(name), fields }
        })
        return { partition: number, epoch, from: cursor, entries: waiting, states }
      })
    return encodeWork({ batches, ...more })
  }

  /** Lets the copy write everything, and says so in commits. */
  async save(): Promise<void> {
    await this.copy.flush(answered)
    this.idle()
  }

  /** What `~dirty` names, in all partitions together. */
  dirty(): string[] {
    return this.#namesIn('~dirty')
  }

  /** Positions of what waits for the directory, in all partitions together. */
  parked(): string[] {
    return this.#namesIn('~parked')
  }

  /** Takes up what waits for the directory, as the link does now and then. */
  async resume(): Promise<void> {
    await this.loop.lookAtParked()
    this.idle()
  }

  #namesIn(pseudo: string): string[] {
    return [...this.#partitions.keys()].flatMap((number) => [...this.#fieldsOf(number, pseudo).keys()])
  }

  #fieldsOf(partition: number, chat: string): Map<string, Uint8Array> {
    const name = PSEUDO.includes(chat) ? `${chat} of ${partition}` : chat
    const fields = this.states.get(name) ?? new Map<string, Uint8Array>()
    this.states.set(name, fields)
    return fields
  }

  /** Hands everything that waits to the worker and carries out its commits. */
  async round(more: Pick<Work, 'ephemeral' | 'refused'> = {}): Promise<DecodedFanout | undefined> {
    const fanout = await this.loop.handle(this.work(more))
    if (fanout === undefined) return undefined
    const first = this.take(encodeFanout(fanout.finish()))
    for (let next = fanout.next; next !== undefined; next = next.next) this.take(encodeFanout(next.finish()))
    for (let pages = this.loop.lookAtPages(); pages !== undefined; pages = this.loop.lookAtPages()) {
      await pages
      this.idle()
    }
    return first
  }

  /** Commits without entries. */
  idle(): DecodedFanout {
    const fanout = this.loop.idle(this.loop.partitions)
    const first = this.take(encodeFanout(fanout.finish()))
    for (let next = fanout.next; next !== undefined; next = next.next) this.take(encodeFanout(next.finish()))
    return first
  }

  /** One Fanout, and not those behind it. */
  carryOut(fanout: FanoutBuilder): void {
    this.take(encodeFanout(fanout.finish()))
  }

  take(bytes: Uint8Array): DecodedFanout {
    const fanout = decodeFanout(bytes)
    for (const {
      partition: number = 0,
      epoch,
      from,
      upTo,
      puts,
      deliveries,
      dropped,
      wanted,
    } of fanout.commits) {
      const partition = this.partition(number ?? 0)
      if (epoch !== partition.epoch || (from ?? 0) !== partition.cursor)
        throw new Error('a commit is refused')
      partition.waiting.splice(0, (upTo ?? 0) - (from ?? 0))
      partition.cursor = upTo ?? 0
      for (const { chat, field, value, gone } of puts ?? []) {
        const name = nameOf(chat ?? new Uint8Array())
        const fields = this.#fieldsOf(number ?? 0, name)
        if (gone) fields.delete(field ?? '')
        else fields.set(field ?? '', value ?? new Uint8Array())
      }
      for (const chat of dropped ?? []) partition.held.delete(nameOf(chat))
      for (const chat of wanted ?? []) partition.wanted.add(nameOf(chat))
      for (const delivery of deliveries ?? []) {
        const users = delivery.user
          ? [delivery.user]
          : (fanout.audiences[(delivery.audience ?? 0) - 1]?.users ?? [])
        for (const user of users)
          this.delivered.push({
            user,
            ...(delivery.only && { only: delivery.only }),
            ...(delivery.exceptUser === user && { except: delivery.exceptDevice ?? '' }),
            ...(delivery.key?.length && { key: Buffer.from(delivery.key).toString('latin1') }),
            down: decodeDown(delivery.entry ?? new Uint8Array()),
          })
      }
    }
    for (const partition of this.loop.partitions) partition.unsettled = 0
    for (const { audience, entry } of fanout.ephemeral)
      this.ephemeral.push({
        users: fanout.audiences[(audience ?? 0) - 1]?.users ?? [],
        down: decodeDown(entry ?? new Uint8Array()),
      })
    return fanout
  }

  /** Texts that a user was sent, in order. */
  texts(user: string): string[] {
    return this.delivered.flatMap(({ user: to, down }) =>
      to === user ? down.messages.flatMap(({ text }) => (text ? [text] : [])) : [],
    )
  }
  /** Codes of refusals told to a user. */
  codes(user: string): number[] {
    return this.delivered.flatMap(({ user: to, down }) =>
      to === user ? down.rejected.map(({ code }) => code ?? 0) : [],
    )
  }
}

export function direct(a: string, b: string): ChatId {
  return directChatId(a as UserId, b as UserId)
}
/** A group whose partition is `last`. */
export function group(last: number, first = 1): ChatId {
  return groupChatId(new Uint8Array(10).fill(first, 0, 9).fill(last, 9))
}

function nameOf(chat: Uint8Array): string {
  return chat.length === 10 ? chatIdOf(chat) : Buffer.from(chat).toString('latin1')
}
function bytesOf(name: string): Uint8Array {
  return PSEUDO.includes(name) ? Buffer.from(name, 'latin1') : chatBytesOf(name as ChatId)
}
function namesIn(entry: Uint8Array): string[] {
  try {
    const { chat } = decodeEnvelope(entry)
    return chat.length === 10 ? [chatIdOf(chat)] : []
  } catch {
    return []
  }
}

/** ann, bob and cid are connected, and ann has said "one" to bob. */
export async function talking(options?: ConstructorParameters<typeof Office>[0]): Promise<Office> {
  const office = new Office(options)
  for (const user of ['ann', 'bob', 'cid']) office.connect(user)
  await office.round()
  office.up('ann', ANN_BOB, { message: { clientSeq: 1, text: 'one', peer: 'bob' } })
  await office.round()
  return office
}

/** In the chat of ann and bob. @param from a user, or `user/device` */
export function say(office: Office, from: string, clientSeq: number, text = `${from} ${clientSeq}`): void {
  office.up(from, ANN_BOB, { message: { clientSeq, text, peer: 'bob' } })
}

export const ANN_BOB = direct('ann', 'bob')
