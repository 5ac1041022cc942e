import type { Log } from '../../../kit/log.ts'
import {
  DUE_MAILBOXES_SCRIPT,
  DUE_SCRIPT,
  FIRST_DUE_SCRIPT,
  NOTED_SCRIPT,
  SWEEP_SCRIPT,
  SWEPT_SCRIPT,
} from './lua/registry.ts'
import { HEAVY, type Acts } from './batches.ts'
import type { RedisClock } from './clock.ts'
import { FORGET_BODIES_SCRIPT } from './lua/bodies.ts'
import { bodiesNamed, boxPlace, SWEEP_SHARDS, sweepPlace, sweepShardOf } from './keys.ts'
import { listOf, numberOf, textOf } from './script.ts'
import type { MailboxId } from '../store.ts'

const HOUR_MS = 3_600_000

interface Due {
  readonly mailbox: MailboxId
  readonly shard: number
  readonly hour: number
}

/**
 * Which mailboxes, and bodies that mailboxes share, have something that expires, by the hour: an index of 256 shards, each cut by hours. A mailbox is
 * noted when it gets an entry that expires before what it is noted for, so mostly once in a month.
 *
 * Noting is not part of the append, and done before the mailbox is told: if it is lost, the next append asks again.
 */
export class RedisSweeps {
  readonly #acts: Acts
  readonly #clock: RedisClock
  readonly #log: Log
  readonly #notes = new Map<string, Promise<unknown>>()

  constructor(acts: Acts, clock: RedisClock, log: Log) {
    this.#acts = acts
    this.#clock = clock
    this.#log = log
  }

  /** Never waits and never throws. */
  note(mailbox: MailboxId, hour: number): void {
    const name = `${hour} ${mailbox}`
    if (this.#notes.has(name)) return
    const note = this.#note(mailbox, hour)
      .catch((error: unknown) => this.#log.warn({ err: error }, 'store.sweep-not-noted'))
      .finally(() => this.#notes.delete(name))
    this.#notes.set(name, note)
  }

  /** When all notes so far are written. */
  async settled(): Promise<void> {
    await Promise.all(this.#notes.values())
  }

  async sweep(mailboxesMax: number): Promise<number> {
    await this.#clock.keep()
    await this.settled()
    const nowMs = this.#clock.now()
    let looked = 0
    while (looked < mailboxesMax) {
      const due = await this.#due(Math.floor(nowMs / HOUR_MS), mailboxesMax - looked)
      if (due.length === 0) break
      await Promise.all(due.map((item) => this.#sweepOne(item, nowMs)))
      looked += due.length
    }
    return looked
  }

  async #note(mailbox: MailboxId, hour: number): Promise<void> {
    const place = sweepPlace(sweepShardOf(mailbox), hour)
    await this.#acts.run({ ...place, script: DUE_SCRIPT, args: [hour, mailbox] })
    await this.#acts.run({ ...boxPlace(mailbox), script: NOTED_SCRIPT, args: [hour] })
  }

  async #swept(mailbox: string, shard: number, hour: number): Promise<void> {
    await this.#acts.run({ ...sweepPlace(shard, hour), script: SWEPT_SCRIPT, args: [hour, mailbox] })
  }

  /** Some that are due by this hour. */
  async #due(hour: number, mailboxesMax: number): Promise<Due[]> {
    const shards = Array.from({ length: SWEEP_SHARDS }, (_, shard) => shard)
    const firsts = await Promise.all(
      shards.map((shard) => this.#acts.run({ ...sweepPlace(shard), script: FIRST_DUE_SCRIPT, args: [hour] })),
    )
    const due: Due[] = []
    for (const shard of shards) {
      const first = numberOf(firsts[shard])
      if (first === 0 || due.length >= mailboxesMax) continue
      const { slot, keys } = sweepPlace(shard, first)
      const args = [mailboxesMax - due.length]
      const reply = await this.#acts.run({ slot, keys: keys.slice(1), script: DUE_MAILBOXES_SCRIPT, args })
      for (const mailbox of listOf(reply)) due.push({ mailbox: textOf(mailbox), shard, hour: first })
    }
    return due
  }

  async #sweepOne({ mailbox, shard, hour }: Due, nowMs: number): Promise<void> {
    const bodies = bodiesNamed(mailbox)
    if (bodies !== undefined) {
      await this.#acts.run({ ...bodies, script: FORGET_BODIES_SCRIPT, args: [] })
      await this.#swept(mailbox, shard, hour)
      return
    }
    const next = await this.#acts.run({
      ...boxPlace(mailbox),
      script: SWEEP_SCRIPT,
      args: [nowMs],
      weight: HEAVY,
    })
    if (numberOf(next) > 0) await this.#note(mailbox, numberOf(next))
    if (next !== hour) await this.#swept(mailbox, shard, hour)
  }
}
