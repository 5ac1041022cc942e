import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import type { Bus, BusListener } from '../../../broker/bus/bus.ts'
import type { Connection, Role } from '../../../broker/listeners/connection.ts'
import { openLmdbStore } from '../../../broker/mailbox/lmdb/lmdb-store.ts'
import type { MailboxLimits, MailboxStore } from '../../../broker/mailbox/store.ts'
import type { NodeMetrics } from '../../../broker/metrics.ts'
import { createLog } from '../../../kit/log.ts'
import { decodeDown, encodeDown, type DecodedDown } from '../../../proto/codec.ts'
import type { DeviceId, UserId } from '../../../proto/ids.ts'
import { decodeWork, type DecodedWork } from '../../../proto/server-codec.ts'
import { until } from '../../support/deadline.ts'

export const log = createLog('silent')

/** What a test does with an error that nothing of it should make. */
export function unexpected(error: unknown): never {
  throw error
}

const MAILBOX_LIMITS: MailboxLimits = {
  userEntriesMax: 100_000,
  userBytesMax: 64 * 1024 * 1024,
  strangersPercentMax: 20,
  partitionEntriesMax: 100_000,
  partitionBytesMax: 64 * 1024 * 1024,
  deadEntriesMax: 1_000,
  devicesPerUserMax: 3,
  retentionMs: 86_400_000,
}

const cleanUps: (() => Promise<void> | void)[] = []
export function cleanUp(act: () => Promise<void> | void): void {
  cleanUps.push(act)
}
afterEach(async () => {
  for (const act of cleanUps.splice(0).reverse()) await act()
})

/** A store of the real kind in a directory of its own; gone after the test. */
export async function freshStore(limits: Partial<MailboxLimits> = {}): Promise<MailboxStore> {
  const directory = await mkdtemp(join(tmpdir(), 'restante-delivery-'))
  const store = await openLmdbStore({ directory, limits: { ...MAILBOX_LIMITS, ...limits } })
  cleanUp(async () => {
    await store.close()
    await rm(directory, { recursive: true, force: true })
  })
  return store
}

/** The same store, with a fault in front of some of its methods. */
export function faulty(store: MailboxStore, faults: Partial<MailboxStore>): MailboxStore {
  return new Proxy(store, {
    get: (target, name: keyof MailboxStore) => faults[name] ?? target[name].bind(target),
  })
}

export interface SentPublish {
  readonly topic: string
  readonly qos: number
  readonly isDup: boolean
  readonly packetId: number
  readonly payload: Uint8Array
}

/** A connection without a socket: what is written to it can be looked at. */
export class TestConnection implements Connection {
  user: UserId
  readonly device: DeviceId
  readonly role: Role
  readonly transient: boolean
  readonly tokenIssuedAtMs = Date.now()
  readonly log = log
  readonly sent: SentPublish[] = []
  closeReason: string | undefined
  /** True: the next writes report a socket above its high-water mark. */
  isBusy = false
  onClose: () => void = () => undefined
  #drained: (() => void)[] = []

  constructor(user: string, device = 'phone', options: { role?: Role; transient?: boolean } = {}) {
    this.user = user as UserId
    this.device = device as DeviceId
    this.role = options.role ?? 'device'
    this.transient = options.transient ?? false
  }

  get isClosed(): boolean {
    return this.closeReason !== undefined
  }

  write(packet: Uint8Array): boolean {
    this.sent.push(parsePublish(packet))
    return !this.isBusy
  }

  onceDrained(callback: () => void): void {
    this.#drained.push(callback)
  }

  drain(): void {
    this.isBusy = false
    for (const callback of this.#drained.splice(0)) callback()
  }

  close(reason: string): void {
    if (this.closeReason !== undefined) return
    this.closeReason = reason
    this.onClose()
  }

  get downs(): DecodedDown[] {
    return this.sent.filter(({ topic }) => topic.startsWith('u/')).map(({ payload }) => decodeDown(payload))
  }

  /** The texts of all messages that were sent, in order. */
  get texts(): string[] {
    return this.downs.flatMap((down) => down.messages.map((message) => message.text ?? ''))
  }

  get works(): DecodedWork[] {
    return this.sent.filter(({ topic }) => topic === 'g').map(({ payload }) => decodeWork(payload))
  }

  /** Waits until so many packets were sent in all. */
  async packets(count: number): Promise<SentPublish[]> {
    await until(
      () => this.sent.length >= count,
      3_000,
      () => `${this.sent.length} of ${count} packets`,
      1,
    )
    return this.sent
  }

  /** Waits until these texts were sent, no more and no less. */
  async gets(...texts: string[]): Promise<void> {
    const expected = JSON.stringify(texts)
    await until(
      () => JSON.stringify(this.texts) === expected,
      3_000,
      () => `sent ${JSON.stringify(this.texts)} instead of ${expected}`,
      1,
    )
  }
}

function parsePublish(packet: Uint8Array): SentPublish {
  const bytes = Buffer.from(packet)
  const first = bytes[0] as number
  let at = 1
  while ((bytes[at] as number) & 128) at++
  at++
  const topicBytes = bytes.readUInt16BE(at)
  const topic = bytes.toString('utf8', at + 2, at + 2 + topicBytes)
  at += 2 + topicBytes
  const qos = (first >> 1) & 3
  const packetId = qos > 0 ? bytes.readUInt16BE(at) : 0
  if (qos > 0) at += 2
  return { topic, qos, isDup: (first & 8) !== 0, packetId, payload: bytes.subarray(at) }
}

/** Counts calls by name. */
export class TestMetrics {
  readonly calls = new Map<string, number>()
  /** Of what was told as a number. */
  readonly sums = new Map<string, number>()
  /** The last word on each partition, if it was not 0. */
  readonly lags = new Map<number, number>()

  readonly metrics = new Proxy({} as NodeMetrics, {
    get:
      (_, name: string) =>
      (...values: unknown[]) => {
        const key = typeof values[0] === 'string' ? `${name} ${values[0]}` : name
        this.calls.set(key, (this.calls.get(key) ?? 0) + 1)
        if (typeof values[0] === 'number') this.sums.set(name, (this.sums.get(name) ?? 0) + values[0])
        if (name === 'partitionLag') this.#lag(...(values as [number, number]))
      },
  })

  count(name: string): number {
    return this.calls.get(name) ?? 0
  }

  #lag(partition: number, entries: number): void {
    this.lags.delete(partition)
    if (entries > 0) this.lags.set(partition, entries)
  }
}

/** A bus between the nodes of one test. `isCut` loses everything in silence; `isDown` takes nothing. */
export class TestBus {
  isCut = false
  isDown = false
  readonly #listeners = new Map<string, BusListener>()

  end(): Bus {
    let own: BusListener | undefined
    return {
      subscribe: async (node, listener) => {
        own = listener
        this.#listeners.set(node, listener)
      },
      publish: (node, frame) => {
        if (this.isDown) return own?.lost(node)
        const listener = this.isCut ? undefined : this.#listeners.get(node)
        if (listener !== undefined) setImmediate(() => listener.receive(frame))
      },
      close: async () => undefined,
    }
  }

  interrupt(): void {
    for (const listener of this.#listeners.values()) listener.interrupted()
  }
}

export const CHAT = Uint8Array.from([200, 1, 2, 3, 4, 5, 6, 7, 8, 9])

/** A Message entry. */
export function messageEntry(seq: number, text = `m${seq}`, chat: Uint8Array = CHAT): Uint8Array {
  return encodeDown({ messages: [{ chat, seq, sender: 1, text }] })
}

/** An entry that may wait for another. */
export function acceptedEntry(clientSeq: number): Uint8Array {
  return encodeDown({ accepted: [{ clientSeq, seq: clientSeq }] })
}

/** Until everything that is due in this turn of the event loop is done. */
export function endOfTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
}
