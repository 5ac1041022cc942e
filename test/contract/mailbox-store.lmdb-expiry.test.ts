import fc from 'fast-check'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openLmdbStore } from '../../broker/mailbox/lmdb/lmdb-store.ts'
import type { MailboxStore } from '../../broker/mailbox/store.ts'
import { advance, attachDevice, entry, readAll } from './mailbox-store/support.ts'

const HOUR = 3_600_000
const START = 1_700_000_000_000
const RETENTION = 24 * HOUR
const USERS = ['u/a', 'u/b', 'u/c', 'u/d']

const user = fc.constantFrom(...USERS)
const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('append' as const),
      user,
      count: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('acknowledge' as const),
      user,
      part: fc.integer({ min: 0, max: 4 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ act: fc.constant('sweep' as const), hours: fc.integer({ min: 0, max: 30 }) }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('kill' as const) }) },
)

interface Model {
  /** Positions and their expiry, of what is there. */
  entries: { position: number; expiresAtMs: number }[]
  head: number
  cursor: number
  epoch: number
}

/** One store whose clock the test moves, killed now and then. */
class Run {
  readonly #root: string
  readonly #models = new Map<string, Model>()
  #clock = START
  readonly #time = { wall: () => this.#clock, uptime: () => this.#clock - START }
  #lives = 0
  #store: MailboxStore | undefined

  constructor(root: string) {
    this.#root = root
  }

  get store(): MailboxStore {
    return this.#store as MailboxStore
  }

  async open(): Promise<void> {
    const limits = {
      userEntriesMax: 1_000,
      userBytesMax: 1_000_000,
      strangersPercentMax: 20,
      partitionEntriesMax: 10,
      partitionBytesMax: 10,
      deadEntriesMax: 10,
      devicesPerUserMax: 3,
      retentionMs: RETENTION,
    }
    const directory = join(this.#root, `${this.#lives}`)
    const sizes = { segmentBytes: 300, segmentsMax: 1, mailboxesCachedMax: 1 }
    this.#store = await openLmdbStore({ directory, limits, ...sizes, time: this.#time })
  }

  async kill(): Promise<void> {
    await Promise.all(this.store.check())
    const from = join(this.#root, `${this.#lives}`)
    await cp(from, join(this.#root, `${++this.#lives}`), { recursive: true })
    await this.store.close()
    await this.open()
  }

  async append(mailbox: string, count: number): Promise<void> {
    const model = this.#models.get(mailbox) ?? (await this.#link(mailbox))
    await this.store.append(Array.from({ length: count }, () => entry(mailbox, 'x')))
    for (let i = 0; i < count; i++) {
      model.entries.push({ position: ++model.head, expiresAtMs: this.#clock + RETENTION })
    }
  }

  async acknowledge(mailbox: string, part: number): Promise<void> {
    const model = this.#models.get(mailbox)
    if (model === undefined) return
    model.cursor += Math.floor(((model.head - model.cursor) * part) / 4)
    await advance(this.store, mailbox, 'phone', model.epoch, model.cursor)
    model.entries = model.entries.filter((held) => held.position > model.cursor)
  }

  async sweep(hours: number): Promise<void> {
    this.#clock += hours * HOUR * 0.7
    while ((await this.store.sweep(2)) === 2);
    for (const [mailbox, model] of this.#models) {
      const overdue = model.entries.filter((held) => held.expiresAtMs + HOUR <= this.#clock)
      const { droppedUpTo } = await readAll(this.store, mailbox)
      expect(droppedUpTo).toBeGreaterThanOrEqual(overdue.at(-1)?.position ?? 0)
      const expired = model.entries.filter((held) => held.position <= droppedUpTo)
      for (const held of expired) expect(held.expiresAtMs).toBeLessThanOrEqual(this.#clock)
      model.entries = model.entries.slice(expired.length)
    }
  }

  async check(): Promise<void> {
    for (const [mailbox, model] of this.#models) {
      const { entries } = await readAll(this.store, mailbox)
      const expected = model.entries.filter((held) => held.expiresAtMs > this.#clock)
      expect(entries.map((held) => held.position)).toEqual(expected.map((held) => held.position))
    }
  }

  async #link(mailbox: string): Promise<Model> {
    const { epoch } = await attachDevice(this.store, mailbox.slice(2), 'phone')
    const model = { entries: [], head: 0, cursor: 0, epoch }
    this.#models.set(mailbox, model)
    return model
  }
}

test('mailbox store on lmdb: expires what is due within the hour and nothing else, across kills (G2)', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 60 }), async (acts) => {
      const root = await mkdtemp(join(tmpdir(), 'restante-expiry-'))
      const run = new Run(root)
      await run.open()
      try {
        for (const step of acts) {
          if (step.act === 'append') await run.append(step.user, step.count)
          else if (step.act === 'acknowledge') await run.acknowledge(step.user, step.part)
          else if (step.act === 'sweep') await run.sweep(step.hours)
          else await run.kill()
          await run.check()
        }
      } finally {
        await run.store.close()
        await rm(root, { recursive: true })
      }
    }),
    { numRuns: 40 },
  )
})
